package dev.sluice.abi.engine;

import static dev.sluice.abi.engine.ModuleRefusedException.Reason.MALFORMED;
import static dev.sluice.abi.engine.ModuleRefusedException.Reason.TOO_LARGE;
import static dev.sluice.abi.engine.ModuleRefusedException.Reason.UNSUPPORTED_FEATURE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import run.endive.runtime.Memory;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/// A validated module with all its instructions: big, and only kept until it is compiled.
///
/// Thread: any; one at a time.
public final class ParsedModule {
    private static final int FIRST_VECTOR_OPCODE = 0xFD00;
    private static final int LAST_VECTOR_OPCODE = 0xFDFF;

    private final byte[] wasm;
    private final WasmModule module;
    private final List<FunctionLink> imports = new ArrayList<>();
    private final List<String> otherImports = new ArrayList<>();
    private final Map<String, FunctionLink> exports = new LinkedHashMap<>();
    private boolean memoryExported;
    private boolean memoryImported;

    private ParsedModule(byte[] wasm, WasmModule module) {
        this.wasm = wasm;
        this.module = module;
        readImports();
        readExports();
    }

    /// Checks and parses a module.
    ///
    /// @param wasm borrowed; must not change while the result is in use
    /// @throws ModuleRefusedException when it is none, is over a limit or needs what the engine has
    ///   not
    public static ParsedModule parse(byte[] wasm, CodeLimits limits) {
        try {
            new ModuleBinary(wasm).check(limits);
            WasmModule module = Parser.parse(wasm);
            refuseVectors(module);
            ParsedModule parsed = new ParsedModule(wasm, module);
            parsed.checkImportedMemory(limits);
            return parsed;
        } catch (ModuleRefusedException e) {
            throw e;
        } catch (RuntimeException | AssertionError e) {
            throw new ModuleRefusedException(MALFORMED, "malformed: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new ModuleRefusedException(MALFORMED, "malformed: nested too deeply", e);
        }
    }

    /// The functions it imports, in order.
    public List<FunctionLink> imports() {
        return List.copyOf(imports);
    }

    /// What it imports beside functions, as `module.name (kind)`.
    public List<String> otherImports() {
        return List.copyOf(otherImports);
    }

    /// The functions it exports, by name, in order.
    public Map<String, FunctionLink> exports() {
        return exports;
    }

    /// Whether the host can get at its memory: it exports it as `memory`, or imports it as
    /// `env.memory`.
    public boolean hasMemory() {
        return memoryExported || memoryImported;
    }

    /// Compiles it to JVM classes.
    ///
    /// @param className name of the main class, and the beginning of the others' names
    /// @throws ModuleRefusedException when the compiler does not take it
    public CompiledModule compile(String className) {
        return CompiledModule.compile(className, wasm, module);
    }

    private void readImports() {
        var section = module.importSection();
        for (int i = 0; i < section.importCount(); i++) {
            var next = section.getImport(i);
            if (next instanceof FunctionImport function) {
                String type = type(module.typeSection().getType(function.typeIndex()));
                imports.add(new FunctionLink(next.module(), next.name(), type, imports.size()));
            } else if (ImportedMemory.isOne(next) && !memoryImported) {
                memoryImported = true;
            } else {
                String kind = next.importType().name().toLowerCase(Locale.ROOT);
                otherImports.add("%s.%s (%s)".formatted(next.module(), next.name(), kind));
            }
        }
    }

    private void readExports() {
        var section = module.exportSection();
        for (int i = 0; i < section.exportCount(); i++) {
            var next = section.getExport(i);
            if (next.exportType() == ExternalType.FUNCTION) {
                String type = typeOf(next.index());
                exports.put(next.name(), new FunctionLink("", next.name(), type, next.index()));
            } else if (next.exportType() == ExternalType.MEMORY && next.name().equals("memory")) {
                memoryExported = true;
            }
        }
    }

    private void checkImportedMemory(CodeLimits limits) {
        var imported = ImportedMemory.limits(module);
        if (imported == null) {
            return;
        }
        if (module.memorySection().filter(section -> section.memoryCount() > 0).isPresent()) {
            throw new ModuleRefusedException(
                    UNSUPPORTED_FEATURE, "a memory of its own and an imported one");
        }
        if (imported.shared()) {
            throw new ModuleRefusedException(
                    UNSUPPORTED_FEATURE, "shared memory (build without threads)");
        }
        long bytes = (long) imported.initialPages() * Memory.PAGE_SIZE;
        if (bytes > limits.memoryBytes()) {
            throw new ModuleRefusedException(
                    TOO_LARGE,
                    "initial memory: %d (expected: at most %d)"
                            .formatted(bytes, limits.memoryBytes()));
        }
    }

    private String typeOf(int function) {
        if (function < imports.size()) {
            return imports.get(function).type();
        }
        int defined = function - imports.size();
        return type(module.functionSection().getFunctionType(defined, module.typeSection()));
    }

    private static String type(FunctionType type) {
        StringBuilder text = new StringBuilder();
        type.params().forEach(each -> text.append(letter(each)));
        text.append(':');
        type.returns().forEach(each -> text.append(letter(each)));
        return text.toString();
    }

    private static char letter(ValType type) {
        return switch (type.opcode()) {
            case ValType.ID.I32 -> 'i';
            case ValType.ID.I64 -> 'j';
            case ValType.ID.F32 -> 'f';
            case ValType.ID.F64 -> 'd';
            default -> '?';
        };
    }

    private static void refuseVectors(WasmModule module) {
        for (var body : module.codeSection().functionBodies()) {
            for (var instruction : body.instructions()) {
                int opcode = instruction.opcode().opcode();
                if (opcode >= FIRST_VECTOR_OPCODE && opcode <= LAST_VECTOR_OPCODE) {
                    throw new ModuleRefusedException(
                            UNSUPPORTED_FEATURE,
                            "SIMD instruction %s (build without +simd128)"
                                    .formatted(instruction.opcode()));
                }
            }
        }
    }
}
