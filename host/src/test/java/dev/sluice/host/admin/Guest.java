package dev.sluice.host.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dylibso.chicory.wabt.Wat2Wasm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Small guests, written as text.
public final class Guest {
    private Guest() {}

    /// Lets every request pass.
    public static byte[] passing() {
        return with(
                """
                (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
                  (i32.const 0))
                """);
    }

    /// Begins with two pages of memory.
    public static byte[] large() {
        return module(2, "");
    }

    /// A guest with this body of `proxy_on_configure`.
    public static byte[] configured(String body) {
        return with(
                """
                (func (export "proxy_on_configure") (param i32 i32) (result i32) %s)
                """
                        .formatted(body));
    }

    /// Calls the upstream `slow` while it is configured.
    public static byte[] calling() {
        byte[] head = pairs(Map.of(":method", "GET", ":path", "/", ":authority", "slow"));
        return Wat2Wasm.parse(
                """
                (module
                  (import "env" "proxy_http_call"
                    (func $call (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
                  (memory (export "memory") 1)
                  (data (i32.const 64) "slow")
                  (data (i32.const 128) "%s")
                  (func (export "proxy_abi_version_0_2_1"))
                  (func (export "proxy_on_memory_allocate") (param i32) (result i32)
                    (i32.const 1024))
                  (func (export "proxy_on_configure") (param i32 i32) (result i32)
                    (i32.eqz
                      (call $call (i32.const 64) (i32.const 4) (i32.const 128) (i32.const %d)
                        (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
                        (i32.const 60000) (i32.const 512)))))
                """
                        .formatted(escaped(head), head.length));
    }

    /// A guest with allocator, marker and one page of memory, and `fields` besides.
    public static byte[] with(String fields) {
        return module(1, fields);
    }

    private static byte[] module(int pages, String fields) {
        return Wat2Wasm.parse(
                """
                (module
                  (memory (export "memory") %d)
                  (func (export "proxy_abi_version_0_2_1"))
                  (func (export "proxy_on_memory_allocate") (param i32) (result i32)
                    (i32.const 1024))
                  %s)
                """
                        .formatted(pages, fields));
    }

    /// Keeps a guest in a file, for a module's `source.file.path`.
    public static Path file(Path directory, String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name + ".wasm"), bytes);
    }

    /// The resources that bind the module of `file` everywhere, as the plugin `p`.
    public static String everywhere(Path file, String pluginKeys) {
        return everywhere("{ file: { path: \"%s\" } }".formatted(file), pluginKeys);
    }

    /// The resources that bind the module at `source` everywhere, as the plugin `p`.
    public static String everywhere(String source, String pluginKeys) {
        return """
        modules: { m: { source: %s } }
        plugins: { p: { module: m%s } }
        bindings: { b: { plugin: p, target: { global: true } } }
        """
                .formatted(source, pluginKeys.isEmpty() ? "" : ", " + pluginKeys);
    }

    private static byte[] pairs(Map<String, String> fields) {
        var out = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN).putInt(fields.size());
        fields.forEach((name, value) -> out.putInt(name.length()).putInt(value.length()));
        fields.forEach((name, value) -> {
            out.put(name.getBytes(UTF_8)).put((byte) 0);
            out.put(value.getBytes(UTF_8)).put((byte) 0);
        });
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    private static String escaped(byte[] bytes) {
        var text = new StringBuilder();
        for (byte each : bytes) {
            text.append("\\%02x".formatted(each));
        }
        return text.toString();
    }
}
