package dev.sluice.registry;

import dev.sluice.oci.Digest;
import dev.sluice.oci.ImageReference;

/// A module that was pulled: a core Wasm module whose bytes were checked on the way.
///
/// @param reference what was asked for
/// @param resolvedDigest digest of what the reference names: the manifest, or an index over it
/// @param manifestDigest digest of the manifest that holds the module
/// @param moduleDigest digest of `bytes`
/// @param bytes the module; owned by the caller
/// @param layout the words for the rule that found the module
@SuppressWarnings("ArrayRecordComponent")
public record WasmArtifact(
        ImageReference reference,
        Digest resolvedDigest,
        Digest manifestDigest,
        Digest moduleDigest,
        byte[] bytes,
        String layout) {
    @Override
    public String toString() {
        return "WasmArtifact[%s, manifest %s, module %s, %d bytes, %s]"
                .formatted(reference, manifestDigest, moduleDigest, bytes.length, layout);
    }
}
