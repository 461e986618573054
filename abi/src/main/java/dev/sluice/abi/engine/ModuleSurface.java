package dev.sluice.abi.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/// What a module imports and exports.
public final class ModuleSurface {
    private final List<FunctionLink> imports = new ArrayList<>();
    private final List<String> otherImports = new ArrayList<>();
    private final Map<String, FunctionLink> exports = new LinkedHashMap<>();
    private boolean memoryExported;
    private boolean memoryImported;

    ModuleSurface(WasmModule module) {
        readImports(module);
        readExports(module);
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

    private void readImports(WasmModule module) {
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

    private void readExports(WasmModule module) {
        var section = module.exportSection();
        for (int i = 0; i < section.exportCount(); i++) {
            var next = section.getExport(i);
            if (next.exportType() == ExternalType.FUNCTION) {
                String type = typeOf(module, next.index());
                exports.put(next.name(), new FunctionLink("", next.name(), type, next.index()));
            } else if (next.exportType() == ExternalType.MEMORY && next.name().equals("memory")) {
                memoryExported = true;
            }
        }
    }

    private String typeOf(WasmModule module, int function) {
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
}
