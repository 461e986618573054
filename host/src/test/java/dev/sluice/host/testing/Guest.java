package dev.sluice.host.testing;

import dev.sluice.abi.testing.Wat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Plugins as text, written to files.
public final class Guest {
    private Guest() {}

    /// A plugin with marker, allocator and one page of memory.
    ///
    /// @param fields imports first, then functions and globals
    public static Path write(Path folder, String name, String fields) {
        return write(folder, name, Wat.assemble(Wat.minimal(fields)));
    }

    public static Path write(Path folder, String name, byte[] module) {
        try {
            return Files.write(folder.resolve(name + ".wasm"), module);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A callback that takes the parameters of `proxy_on_request_headers`.
    public static String onRequestHeaders(String body) {
        return "(func (export \"proxy_on_request_headers\") (param i32 i32 i32) (result i32) %s)"
                .formatted(body);
    }

    /// YAML that binds a module to everything.
    ///
    /// @param options more keys of the plugin, in flow style, such as `limits: {…},`
    public static String bound(String name, Path module, String options) {
        return """
        modules: { %1$s: { source: { file: { path: "%2$s" } } } }
        plugins: { %1$s: { module: %1$s, %3$s } }
        bindings: { %1$s: { plugin: %1$s, target: { global: true } } }
        """
                .formatted(name, module, options);
    }
}
