package dev.sluice.host.config;

/// Whose behaviour a VM follows where proxy-wasm hosts differ.
public enum Profile {
    /// Chosen by the module's ABI marker.
    AUTO,
    ENVOY,
    HIGRESS,
    /// For authors: nothing that the specification does not allow is tolerated.
    STRICT
}
