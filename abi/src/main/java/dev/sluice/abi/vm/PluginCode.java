package dev.sluice.abi.vm;

import dev.sluice.abi.Profile;
import dev.sluice.abi.engine.ModuleCode;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// A plugin's module, checked and compiled: what [PluginModule] is loaded from, now or from bytes
/// that were kept.
///
/// Thread: any. [#compile] takes up to seconds and a deep stack.
public final class PluginCode {
    private final String name;
    private final int wasmBytes;
    private final ModuleCode code;

    PluginCode(String name, int wasmBytes, ModuleCode code) {
        this.name = name;
        this.wasmBytes = wasmBytes;
        this.code = code;
    }

    /// Checks and compiles a module.
    ///
    /// @param name for messages and for the names of the generated classes
    /// @param wasm borrowed for the call
    /// @throws PluginLoadException when it cannot serve as a plugin
    public static PluginCode compile(
            String name, byte[] wasm, ModuleLimits limits, Profile profile) {
        return CheckedModule.parse(name, wasm, limits, profile).compile();
    }

    /// Reads kept code. Whoever can make these bytes can run anything in this process: they must be
    /// known to be what [#write] wrote, with the same [#format].
    ///
    /// @param bytes borrowed for the call; what follows the code is not looked at
    /// @throws IOException when they are something else, as far as that can be seen
    public static PluginCode read(byte[] bytes) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        return new PluginCode(in.readUTF(), in.readInt(), ModuleCode.read(in));
    }

    /// Changes when code that was kept earlier can no longer be read or run.
    public static String format() {
        return ModuleCode.format();
    }

    /// Writes it for [#read].
    public void write(OutputStream to) throws IOException {
        var out = new DataOutputStream(to);
        out.writeUTF(name);
        out.writeInt(wasmBytes);
        code.write(out);
        out.flush();
    }

    String name() {
        return name;
    }

    int wasmBytes() {
        return wasmBytes;
    }

    ModuleCode code() {
        return code;
    }
}
