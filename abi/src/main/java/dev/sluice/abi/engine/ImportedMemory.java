package dev.sluice.abi.engine;

import org.jspecify.annotations.Nullable;
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
}
