package dev.sluice.registry;

/// How a pushed module is laid out as an artifact.
public enum PushLayout {
    /// The module itself as a layer, beside the small config layer that Istio's puller counts on.
    WASM,
    /// `plugin.wasm` in the gzipped tar layer of an OCI image, as container tools build it.
    COMPAT
}
