/// The only code that touches the Wasm engine: read, compile, instantiate, call, stop. It knows no
/// proxy-wasm.
package dev.sluice.abi.engine;
