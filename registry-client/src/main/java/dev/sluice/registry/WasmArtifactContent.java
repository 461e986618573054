package dev.sluice.registry;

import java.util.Map;

/// A module on its way to a registry.
///
/// @param bytes the module; borrowed until the push returns
/// @param layout how to lay it out
/// @param annotations remarks for the manifest
@SuppressWarnings("ArrayRecordComponent")
public record WasmArtifactContent(
        byte[] bytes, PushLayout layout, Map<String, String> annotations) {
    /// Copies the annotations.
    public WasmArtifactContent {
        annotations = Map.copyOf(annotations);
    }

    /// The module in the default layout, without remarks.
    public static WasmArtifactContent of(byte[] bytes) {
        return new WasmArtifactContent(bytes, PushLayout.WASM, Map.of());
    }

    /// The same module in another layout.
    public WasmArtifactContent as(PushLayout other) {
        return new WasmArtifactContent(bytes, other, annotations);
    }

    @Override
    public String toString() {
        return "WasmArtifactContent[%d bytes, %s, %s]".formatted(bytes.length, layout, annotations);
    }
}
