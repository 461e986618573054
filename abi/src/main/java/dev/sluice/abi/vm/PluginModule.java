package dev.sluice.abi.vm;

import dev.sluice.abi.AbiVersion;
import dev.sluice.abi.Profile;
import dev.sluice.abi.callback.GuestExports;
import dev.sluice.abi.engine.CodeLimits;
import dev.sluice.abi.engine.CompiledModule;
import dev.sluice.abi.engine.FunctionLink;
import dev.sluice.abi.engine.ModuleRefusedException;
import dev.sluice.abi.engine.ParsedModule;
import dev.sluice.abi.hostcall.ImportLinker;
import dev.sluice.abi.vm.PluginLoadException.Reason;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plugin's code, checked and compiled once for the whole process.
///
/// It keeps the generated classes and a module without function bodies, not the bytes it was made
/// from.
///
/// Thread: any. [#load] takes up to seconds and a deep stack.
public final class PluginModule {
    private static final int DIGEST_DIGITS = 8;

    private final String name;
    private final int wasmBytes;
    private final AbiVersion abiVersion;
    private final CompiledModule code;
    private final GuestExports callbacks;
    private final ImportLinker linker;
    private final List<String> imports;
    private final List<String> exports;

    private PluginModule(
            String name,
            int wasmBytes,
            AbiVersion abiVersion,
            ParsedModule parsed,
            ImportLinker linker,
            CompiledModule code) {
        this.name = name;
        this.wasmBytes = wasmBytes;
        this.abiVersion = abiVersion;
        this.code = code;
        this.linker = linker;
        this.callbacks = new GuestExports(parsed.exports());
        this.imports = parsed.imports().stream().map(FunctionLink::qualifiedName).toList();
        this.exports = List.copyOf(parsed.exports().keySet());
    }

    /// Checks and compiles a module.
    ///
    /// @param name for messages and for the names of the generated classes
    /// @param wasm borrowed for the call
    /// @throws PluginLoadException when it cannot serve as a plugin
    public static PluginModule load(
            String name, byte[] wasm, ModuleLimits limits, Profile profile) {
        try {
            ParsedModule parsed = ParsedModule.parse(wasm, codeLimits(limits));
            AbiVersion version = checkExports(name, parsed);
            ImportLinker linker = checkImports(name, parsed, profile);
            CompiledModule code = parsed.compile(className(name, wasm));
            return new PluginModule(name, wasm.length, version, parsed, linker, code);
        } catch (ModuleRefusedException e) {
            String message = "load module %s: %s".formatted(name, e.getMessage());
            throw new PluginLoadException(reason(e.reason()), message, e);
        }
    }

    /// The name it was loaded under.
    public String name() {
        return name;
    }

    /// The version that its marker declares; the highest of several.
    public AbiVersion abiVersion() {
        return abiVersion;
    }

    /// The functions it imports, as `module.name`.
    public List<String> imports() {
        return imports;
    }

    /// The functions it exports.
    public List<String> exports() {
        return exports;
    }

    /// Functions too long to be compiled, which run about 150 times slower.
    public List<String> interpretedFunctions() {
        return code.interpretedFunctions();
    }

    /// Imports that only ever answer that they are not implemented.
    public List<String> unimplementedImports() {
        return linker.unimplemented();
    }

    /// Imports of proxy-wasm that no version has; they answer as unimplemented.
    public List<String> unknownImports() {
        return linker.unknown();
    }

    /// Imports whose type is not the host's, with both types; they answer as unimplemented.
    public List<String> mistypedImports() {
        return linker.mistyped();
    }

    /// How many bytes the module had.
    public int wasmBytes() {
        return wasmBytes;
    }

    /// How many bytes of class files it was compiled to.
    public long codeBytes() {
        return code.codeBytes();
    }

    /// The loader of the generated classes; a weak reference to it tells when the code is gone.
    public ClassLoader codeLoader() {
        return code.codeLoader();
    }

    CompiledModule code() {
        return code;
    }

    GuestExports callbacks() {
        return callbacks;
    }

    ImportLinker linker() {
        return linker;
    }

    private static AbiVersion checkExports(String name, ParsedModule parsed) {
        AbiVersion version = marker(parsed);
        if (version == null) {
            throw refused(
                    name,
                    Reason.ABI,
                    "no export proxy_abi_version_* of a known version (expected: 0_1_0, 0_2_0,"
                            + " 0_2_1 or 0_2_100; build with a proxy-wasm SDK)");
        }
        if (!parsed.hasMemory()) {
            throw refused(name, Reason.ABI, "no exported memory (expected: export \"memory\")");
        }
        GuestExports callbacks = new GuestExports(parsed.exports());
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

    private static ImportLinker checkImports(String name, ParsedModule parsed, Profile profile) {
        ImportLinker linker = new ImportLinker(parsed.imports());
        if (!parsed.otherImports().isEmpty()) {
            throw imports(name, "not functions", parsed.otherImports());
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

    private static @Nullable AbiVersion marker(ParsedModule parsed) {
        return List.of(AbiVersion.values()).reversed().stream()
                .filter(each -> parsed.exports().containsKey(each.marker()))
                .findFirst()
                .orElse(null);
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
                limits.tableElements(),
                limits.memoryBytes());
    }

    private static PluginLoadException imports(String name, String what, List<String> list) {
        return refused(
                name, Reason.IMPORTS, "imports %s: %s".formatted(what, String.join(", ", list)));
    }

    private static PluginLoadException refused(String name, Reason reason, String message) {
        return new PluginLoadException(reason, "load module %s: %s".formatted(name, message));
    }

    private static Reason reason(ModuleRefusedException.Reason reason) {
        return switch (reason) {
            case NOT_WASM -> Reason.NOT_WASM;
            case COMPONENT -> Reason.COMPONENT;
            case UNSUPPORTED_FEATURE -> Reason.UNSUPPORTED_FEATURE;
            case TOO_LARGE -> Reason.TOO_LARGE;
            case MALFORMED -> Reason.MALFORMED;
        };
    }
}
