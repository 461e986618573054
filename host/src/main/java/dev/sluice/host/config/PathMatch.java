package dev.sluice.host.config;

/// What the normalised path, without its query, must be like.
public sealed interface PathMatch {
    /// The very path.
    record Exact(String path) implements PathMatch {}

    /// The path, or one below it: `/a` takes `/a` and `/a/b`, not `/ab`.
    record Prefix(String path) implements PathMatch {}

    /// The whole path, in the syntax of `java.util.regex`; it compiles.
    record Regex(String pattern) implements PathMatch {}
}
