package dev.sluice.host.admin;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads `If-Match` and `If-None-Match` (RFC 9110, 13.1).
///
/// A tag is the hash of a config, so a weak one, as a compressing proxy makes it, means the same.
final class EntityTags {
    private static final String WEAK = "W/";

    private EntityTags() {}

    static String tag(String hash) {
        return '"' + hash + '"';
    }

    /// The hashes that a field lists, or null when it is missing or `*`.
    static @Nullable Set<String> hashes(@Nullable String field) {
        if (field == null || isAny(field)) {
            return null;
        }
        return Arrays.stream(field.split(",", -1))
                .map(String::strip)
                .map(each -> each.startsWith(WEAK) ? each.substring(WEAK.length()) : each)
                .map(each -> each.replace("\"", ""))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Whether the reader that sent `field` as `If-None-Match` has the config with this hash.
    static boolean has(@Nullable String field, String hash) {
        Set<String> hashes = hashes(field);
        return hashes == null ? field != null : hashes.contains(hash);
    }

    private static boolean isAny(String field) {
        return field.strip().equals("*");
    }
}
