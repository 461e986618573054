package dev.sluice.abi.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dylibso.chicory.wabt.Wat2Wasm;
import dev.sluice.abi.Profile;
import dev.sluice.abi.vm.ModuleLimits;
import dev.sluice.abi.vm.PluginModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Guests as text: assembles and loads them.
public final class Wat {
    private Wat() {}

    /// The bytes of the guest in test resource `name.wat`.
    public static byte[] bytes(String name) {
        try (InputStream in = Wat.class.getResourceAsStream("/" + name + ".wat")) {
            return assemble(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] assemble(String text) {
        return Wat2Wasm.parse(text);
    }

    public static PluginModule module(String name) {
        return load(name, bytes(name));
    }

    public static PluginModule load(String name, byte[] wasm) {
        return PluginModule.load(name, wasm, ModuleLimits.defaults(), Profile.AUTO);
    }

    /// A module with marker, allocator and memory, and `fields` besides.
    public static String minimal(String fields) {
        return """
        (module
          %s
          (memory (export "memory") 1)
          (func (export "proxy_abi_version_0_2_1"))
          (func (export "proxy_on_memory_allocate") (param i32) (result i32) (i32.const 1024)))
        """
                .formatted(fields);
    }
}
