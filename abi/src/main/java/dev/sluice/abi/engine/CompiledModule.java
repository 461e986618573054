package dev.sluice.abi.engine;

import static dev.sluice.abi.engine.ModuleRefusedException.Reason.UNSUPPORTED_FEATURE;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.Memory;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.MemoryLimits;

/// A module as JVM classes, and what is left of its binary: all that its instances share.
///
/// Thread: any.
public final class CompiledModule {
    private static final int MOST_FRAMES = 20;
    private static final String FUNCTION_METHOD = "func_";

    private final String className;
    private final WasmModule slim;
    private final ModuleSurface surface;
    private final ModuleClasses classes;
    private final MethodHandle machines;
    private final @Nullable String[] functionNames;
    private final Set<Integer> interpreted;
    private final long codeBytes;

    private CompiledModule(ModuleCode code, ModuleClasses classes, WasmModule slim) {
        this.className = code.mainClass();
        this.slim = slim;
        this.surface = new ModuleSurface(slim);
        this.classes = classes;
        this.machines = classes.machines(className);
        this.functionNames = code.functionNames();
        this.interpreted = code.interpreted();
        this.codeBytes = code.classBytes();
    }

    /// Defines and verifies the classes.
    ///
    /// @throws ModuleRefusedException when the JVM does not take them
    public static CompiledModule load(ModuleCode code) {
        try {
            var classes = new ModuleClasses(code.classes());
            classes.loadAll();
            return new CompiledModule(code, classes, Parser.parse(code.slim()));
        } catch (RuntimeException | LinkageError e) {
            throw new ModuleRefusedException(
                    UNSUPPORTED_FEATURE, "not loadable: " + e.getMessage(), e);
        }
    }

    /// What it imports and exports.
    public ModuleSurface surface() {
        return surface;
    }

    /// Functions too long for a JVM method, which run about 150 times slower.
    public List<String> interpretedFunctions() {
        return interpreted.stream().map(this::functionName).toList();
    }

    /// How many bytes of memory an instance begins with.
    public long initialMemoryBytes() {
        MemoryLimits imported = ImportedMemory.limits(slim);
        if (imported != null) {
            return (long) imported.initialPages() * Memory.PAGE_SIZE;
        }
        return slim.memorySection()
                .filter(section -> section.memoryCount() > 0)
                .map(section -> (long) section.getMemory(0).limits().initialPages())
                .map(pages -> pages * Memory.PAGE_SIZE)
                .orElse(0L);
    }

    /// How many bytes of class files it was compiled to.
    public long codeBytes() {
        return codeBytes;
    }

    /// The loader of its classes: collected when the module and all instances are gone.
    public ClassLoader codeLoader() {
        return classes;
    }

    /// The name of a function, or its number where the module carries no names.
    String functionName(int index) {
        String name = index < functionNames.length ? functionNames[index] : null;
        return name == null ? "function " + index : name;
    }

    /// The guest functions in a stack trace, innermost first.
    List<String> backtrace(Throwable thrown) {
        List<String> frames = new ArrayList<>();
        for (Throwable each = thrown; each != null && frames.isEmpty(); each = each.getCause()) {
            for (StackTraceElement frame : each.getStackTrace()) {
                if (frames.size() < MOST_FRAMES && isGuestFunction(frame)) {
                    String index = frame.getMethodName().substring(FUNCTION_METHOD.length());
                    frames.add(functionName(Integer.parseInt(index)));
                }
            }
        }
        return frames;
    }

    /// The module without code, for instances.
    WasmModule slim() {
        return slim;
    }

    /// A machine that runs the code for `instance`.
    Machine machine(Instance instance) {
        try {
            return (Machine) machines.invokeExact(instance);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("machine of " + className, e);
        }
    }

    private boolean isGuestFunction(StackTraceElement frame) {
        return frame.getMethodName().startsWith(FUNCTION_METHOD)
                && frame.getClassName().startsWith(className);
    }
}
