package dev.sluice.abi.engine;

import static dev.sluice.abi.engine.ModuleRefusedException.Reason.TOO_LARGE;
import static dev.sluice.abi.engine.ModuleRefusedException.Reason.UNSUPPORTED_FEATURE;

import org.jspecify.annotations.Nullable;
import run.endive.runtime.Memory;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Import;
import run.endive.wasm.types.MemoryImport;
import run.endive.wasm.types.MemoryLimits;

/// The memory that a module wants of its host: `env.memory`, and no other.
final class ImportedMemory {
    static final String MODULE = "env";
    static final String NAME = "memory";

    private ImportedMemory() {}

    static boolean isOne(Import each) {
        return each instanceof MemoryImport
                && each.module().equals(MODULE)
                && each.name().equals(NAME);
    }

    /// How big it wants it, or null when it has a memory of its own.
    static @Nullable MemoryLimits limits(WasmModule module) {
        var section = module.importSection();
        for (int i = 0; i < section.importCount(); i++) {
            if (section.getImport(i) instanceof MemoryImport found && isOne(found)) {
                return found.limits();
            }
        }
        return null;
    }

    /// Refuses one that the engine cannot give.
    static void check(WasmModule module, CodeLimits limits) {
        MemoryLimits wanted = limits(module);
        if (wanted == null) {
            return;
        }
        if (module.memorySection().filter(section -> section.memoryCount() > 0).isPresent()) {
            throw new ModuleRefusedException(
                    UNSUPPORTED_FEATURE, "a memory of its own and an imported one");
        }
        if (wanted.shared()) {
            throw new ModuleRefusedException(
                    UNSUPPORTED_FEATURE, "shared memory (build without threads)");
        }
        long bytes = (long) wanted.initialPages() * Memory.PAGE_SIZE;
        if (bytes > limits.memoryBytes()) {
            throw new ModuleRefusedException(
                    TOO_LARGE,
                    "initial memory: %d (expected: at most %d)"
                            .formatted(bytes, limits.memoryBytes()));
        }
    }
}
