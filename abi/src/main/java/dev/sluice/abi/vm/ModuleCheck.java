package dev.sluice.abi.vm;

import dev.sluice.abi.AbiVersion;
import dev.sluice.abi.Profile;
import dev.sluice.abi.callback.GuestExports;
import dev.sluice.abi.engine.ModuleSurface;
import dev.sluice.abi.hostcall.ImportLinker;
import dev.sluice.abi.vm.PluginLoadException.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a module is a plugin: its exports and imports against those of proxy-wasm.
final class ModuleCheck {
    private ModuleCheck() {}

    /// The version that its marker declares; the highest of several.
    ///
    /// @throws PluginLoadException when its exports are not those of a plugin
    static AbiVersion version(String name, ModuleSurface surface) {
        AbiVersion version = marker(surface);
        if (version == null) {
            throw refused(
                    name,
                    Reason.ABI,
                    "no export proxy_abi_version_* of a known version (expected: 0_1_0, 0_2_0,"
                            + " 0_2_1 or 0_2_100; build with a proxy-wasm SDK)");
        }
        if (!surface.hasMemory()) {
            throw refused(name, Reason.ABI, "no exported memory (expected: export \"memory\")");
        }
        GuestExports callbacks = new GuestExports(surface.exports());
        if (!callbacks.mistyped().isEmpty()) {
            throw refused(
                    name,
                    Reason.ABI,
                    "exports of another type: " + String.join(", ", callbacks.mistyped()));
        }
        if (!callbacks.hasAllocator()) {
            throw refused(
                    name,
                    Reason.ABI,
                    "no allocator (expected: export proxy_on_memory_allocate or malloc)");
        }
        return version;
    }

    /// How its imports are bound.
    ///
    /// @throws PluginLoadException when it imports what no plugin may
    static ImportLinker linker(String name, ModuleSurface surface, Profile profile) {
        ImportLinker linker = new ImportLinker(surface.imports());
        if (!surface.otherImports().isEmpty()) {
            throw imports(name, "not functions", surface.otherImports());
        }
        if (!linker.refused().isEmpty()) {
            throw imports(name, "unknown", linker.refused());
        }
        if (profile == Profile.STRICT && !linker.unknown().isEmpty()) {
            throw imports(name, "unknown", linker.unknown());
        }
        if (profile == Profile.STRICT && !linker.mistyped().isEmpty()) {
            throw imports(name, "of another type", linker.mistyped());
        }
        return linker;
    }

    private static @Nullable AbiVersion marker(ModuleSurface surface) {
        return List.of(AbiVersion.values()).reversed().stream()
                .filter(each -> surface.exports().containsKey(each.marker()))
                .findFirst()
                .orElse(null);
    }

    private static PluginLoadException imports(String name, String what, List<String> list) {
        return refused(
                name, Reason.IMPORTS, "imports %s: %s".formatted(what, String.join(", ", list)));
    }

    private static PluginLoadException refused(String name, Reason reason, String message) {
        return new PluginLoadException(reason, "load module %s: %s".formatted(name, message));
    }
}
