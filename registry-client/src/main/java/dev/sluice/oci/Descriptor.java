package dev.sluice.oci;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a manifest says about some content: its type, digest and size.
///
/// @param mediaType what the bytes are said to be
/// @param digest digest of the stored bytes
/// @param size exact number of stored bytes
/// @param annotations key-value remarks
/// @param platform what an index entry runs on, or null
public record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        Map<String, String> annotations,
        @Nullable Platform platform) {
    private static final String TITLE = "org.opencontainers.image.title";

    /// Refuses a negative size and copies the annotations.
    public Descriptor {
        if (size < 0) {
            throw new IllegalArgumentException("size: %d (expected: >= 0)".formatted(size));
        }
        annotations = Map.copyOf(annotations);
    }

    /// A descriptor of `content` without annotations.
    public static Descriptor of(String mediaType, byte[] content) {
        return new Descriptor(mediaType, Digest.of(content), content.length, Map.of(), null);
    }

    /// The same content with a file name.
    public Descriptor titled(String name) {
        return new Descriptor(mediaType, digest, size, Map.of(TITLE, name), platform);
    }

    /// The file name the content was pushed under; empty when it has none.
    public String title() {
        return annotations.getOrDefault(TITLE, "");
    }
}
