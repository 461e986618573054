package dev.sluice.oci;

import org.jspecify.annotations.Nullable;

/// The document a reference leads to: one artifact, or an index of several.
public sealed interface Manifest permits ImageManifest, ImageIndex {
    /// The type the document says it has.
    String mediaType();

    /// Reads a manifest or index from untrusted bytes.
    ///
    /// Throws `IllegalArgumentException` when `json` is neither, is both, names more than 64 layers
    /// or 512 entries, or contradicts `contentType`.
    ///
    /// @param json the document as it was served
    /// @param contentType the type it was served with, or null
    static Manifest parse(byte[] json, @Nullable String contentType) {
        return new ManifestReader(contentType).read(json);
    }
}
