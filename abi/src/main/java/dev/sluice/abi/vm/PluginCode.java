package dev.sluice.abi.vm;

import dev.sluice.abi.Profile;
import dev.sluice.abi.engine.CodeLimits;
import dev.sluice.abi.engine.ModuleCode;
import dev.sluice.abi.engine.ModuleRefusedException;
import dev.sluice.abi.engine.ParsedModule;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A plugin's module, checked and compiled: what [PluginModule] is loaded from, now or from bytes
/// that were kept.
///
/// Thread: any. [#compile] takes up to seconds and a deep stack.
public final class PluginCode {
    private static final int DIGEST_DIGITS = 8;

    private final String name;
    private final int wasmBytes;
    private final ModuleCode code;

    private PluginCode(String name, int wasmBytes, ModuleCode code) {
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
        try {
            ParsedModule parsed = ParsedModule.parse(wasm, codeLimits(limits));
            ModuleCheck.version(name, parsed.surface());
            ModuleCheck.linker(name, parsed.surface(), profile);
            return new PluginCode(name, wasm.length, parsed.compile(className(name, wasm)));
        } catch (ModuleRefusedException e) {
            throw PluginLoadException.of(name, e);
        }
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

    private static String className(String name, byte[] wasm) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(wasm);
            String hex = HexFormat.of().formatHex(digest).substring(0, DIGEST_DIGITS);
            String safe = name.replaceAll("[^A-Za-z0-9_]", "_");
            return "plugin.p_%s_%s.M".formatted(safe, hex);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CodeLimits codeLimits(ModuleLimits limits) {
        return new CodeLimits(
                limits.moduleBytes(),
                limits.functions(),
                limits.bodyBytes(),
                limits.locals(),
                limits.tableElements(),
                limits.memoryBytes());
    }
}
