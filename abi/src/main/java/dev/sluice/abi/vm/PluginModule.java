package dev.sluice.abi.vm;

import dev.sluice.abi.AbiVersion;
import dev.sluice.abi.Profile;
import dev.sluice.abi.callback.GuestExports;
import dev.sluice.abi.engine.CompiledModule;
import dev.sluice.abi.engine.FunctionLink;
import dev.sluice.abi.engine.ModuleRefusedException;
import dev.sluice.abi.hostcall.ImportLinker;
import java.util.List;

/// A plugin's code, checked and compiled once for the whole process.
///
/// It keeps the generated classes and a module without function bodies, not the bytes it was made
/// from.
///
/// Thread: any. [#load] takes up to seconds and a deep stack.
public final class PluginModule {
    private final String name;
    private final int wasmBytes;
    private final AbiVersion abiVersion;
    private final CompiledModule code;
    private final GuestExports callbacks;
    private final ImportLinker linker;
    private final List<String> imports;
    private final List<String> exports;

    private PluginModule(PluginCode made, CompiledModule code, ImportLinker linker) {
        this.name = made.name();
        this.wasmBytes = made.wasmBytes();
        this.abiVersion = ModuleCheck.version(name, code.surface());
        this.code = code;
        this.linker = linker;
        this.callbacks = new GuestExports(code.surface().exports());
        this.imports = code.surface().imports().stream().map(FunctionLink::qualifiedName).toList();
        this.exports = List.copyOf(code.surface().exports().keySet());
    }

    /// Checks, compiles and loads a module: [PluginCode#compile] and [#load(PluginCode, Profile)].
    ///
    /// @param name for messages and for the names of the generated classes
    /// @param wasm borrowed for the call
    /// @throws PluginLoadException when it cannot serve as a plugin
    public static PluginModule load(
            String name, byte[] wasm, ModuleLimits limits, Profile profile) {
        return load(PluginCode.compile(name, wasm, limits, profile), profile);
    }

    /// Loads code that was compiled now or earlier.
    ///
    /// @throws PluginLoadException when it cannot serve as a plugin
    public static PluginModule load(PluginCode made, Profile profile) {
        try {
            CompiledModule code = CompiledModule.load(made.code());
            return new PluginModule(
                    made, code, ModuleCheck.linker(made.name(), code.surface(), profile));
        } catch (ModuleRefusedException e) {
            throw PluginLoadException.of(made.name(), e);
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
}
