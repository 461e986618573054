import org.jspecify.annotations.NullMarked;

/// The proxy-wasm ABI on a pure-Java Wasm engine: knows bytes, header maps, contexts, guest memory
/// and the engine, and nothing of sockets, formats or registries.
@NullMarked
module dev.sluice.abi {
    requires static transitive org.jspecify;
    requires run.endive.compiler;
    requires run.endive.runtime;
    requires run.endive.wasm;

    exports dev.sluice.abi;
    exports dev.sluice.abi.context;
    exports dev.sluice.abi.spi;
    exports dev.sluice.abi.vm;
}
