package dev.sluice.host.config;

import org.jspecify.annotations.Nullable;

/// What a module must be, as `sha256:` and 64 hex digits; null where anything goes.
///
/// @param manifestDigest of the manifest or index in the registry
/// @param moduleDigest of the module's bytes
public record Pin(@Nullable String manifestDigest, @Nullable String moduleDigest) {
    /// Nothing is pinned.
    public static Pin defaults() {
        return new Pin(null, null);
    }
}
