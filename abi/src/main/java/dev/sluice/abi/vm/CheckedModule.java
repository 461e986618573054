package dev.sluice.abi.vm;

import dev.sluice.abi.Profile;
import dev.sluice.abi.engine.CodeLimits;
import dev.sluice.abi.engine.ModuleRefusedException;
import dev.sluice.abi.engine.ParsedModule;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// A plugin's module, parsed and checked: big, and only kept until it is compiled.
///
/// Thread: any; one at a time. [#parse] and [#compile] take up to seconds and a deep stack.
public final class CheckedModule {
    private static final int DIGEST_DIGITS = 8;

    private final String name;
    private final byte[] wasm;
    private final ParsedModule parsed;

    private CheckedModule(String name, byte[] wasm, ParsedModule parsed) {
        this.name = name;
        this.wasm = wasm;
        this.parsed = parsed;
    }

    /// Parses and checks a module.
    ///
    /// @param name for messages and for the names of the generated classes
    /// @param wasm borrowed; must not change while the result is in use
    /// @throws PluginLoadException when it cannot serve as a plugin
    public static CheckedModule parse(
            String name, byte[] wasm, ModuleLimits limits, Profile profile) {
        try {
            ParsedModule parsed = ParsedModule.parse(wasm, codeLimits(limits));
            ModuleCheck.version(name, parsed.surface());
            ModuleCheck.linker(name, parsed.surface(), profile);
            return new CheckedModule(name, wasm, parsed);
        } catch (ModuleRefusedException e) {
            throw PluginLoadException.of(name, e);
        }
    }

    /// The tools it says it was made with, such as `rustc 1.95.0`.
    public List<String> producers() {
        return parsed.producers();
    }

    /// Compiles it.
    ///
    /// @throws PluginLoadException when it cannot serve as a plugin
    public PluginCode compile() {
        try {
            return new PluginCode(name, wasm.length, parsed.compile(className()));
        } catch (ModuleRefusedException e) {
            throw PluginLoadException.of(name, e);
        }
    }

    private String className() {
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
