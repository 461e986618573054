package dev.sluice.abi.engine;

import static dev.sluice.abi.engine.ModuleRefusedException.Reason.MALFORMED;
import static dev.sluice.abi.engine.ModuleRefusedException.Reason.UNSUPPORTED_FEATURE;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.internal.Compiler;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;

/// A validated module with all its instructions: big, and only kept until it is compiled.
///
/// Thread: any; one at a time.
public final class ParsedModule {
    private final byte[] wasm;
    private final WasmModule module;
    private final ModuleSurface surface;

    private ParsedModule(byte[] wasm, WasmModule module) {
        this.wasm = wasm;
        this.module = module;
        this.surface = new ModuleSurface(module);
    }

    /// Checks and parses a module.
    ///
    /// @param wasm borrowed; must not change while the result is in use
    /// @throws ModuleRefusedException when it is none, is over a limit or needs what the engine has
    ///   not
    public static ParsedModule parse(byte[] wasm, CodeLimits limits) {
        try {
            BinaryCheck.check(wasm, limits);
            WasmModule module = Parser.parse(wasm);
            InstructionCheck.check(module);
            return new ParsedModule(wasm, module);
        } catch (ModuleRefusedException e) {
            throw e;
        } catch (RuntimeException | AssertionError e) {
            throw new ModuleRefusedException(MALFORMED, "malformed: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new ModuleRefusedException(MALFORMED, "malformed: nested too deeply", e);
        }
    }

    /// What it imports and exports.
    public ModuleSurface surface() {
        return surface;
    }

    /// Compiles it to JVM classes.
    ///
    /// @param className name of the main class, and the beginning of the others' names
    /// @throws ModuleRefusedException when the compiler does not take it
    public ModuleCode compile(String className) {
        try {
            var result =
                    Compiler.builder(module)
                            .withClassName(className)
                            .withInterpreterFallback(InterpreterFallback.SILENT)
                            .withClassCollectorFactory(GeneratedClasses::new)
                            .build()
                            .compile();
            int imported = module.importSection().count(ExternalType.FUNCTION);
            Set<Integer> interpreted = new TreeSet<>(result.interpretedFunctions());
            byte[] slim = SlimModule.of(wasm, body -> interpreted.contains(body + imported));
            return new ModuleCode(
                    result.collector().mainClassName(),
                    result.collector().classBytes(),
                    slim,
                    names(imported),
                    interpreted);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            throw new ModuleRefusedException(
                    UNSUPPORTED_FEATURE, "not compilable: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new ModuleRefusedException(
                    UNSUPPORTED_FEATURE, "not compilable: nested too deeply", e);
        }
    }

    private @Nullable String[] names(int imported) {
        int count = imported + module.functionSection().functionCount();
        @Nullable String[] names = new String[count];
        var section = module.nameSection();
        for (int i = 0; section != null && i < count; i++) {
            names[i] = section.nameOfFunction(i);
        }
        return names;
    }
}
