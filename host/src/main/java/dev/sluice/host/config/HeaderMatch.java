package dev.sluice.host.config;

/// What a request header must be like; of a repeated one, the first.
///
/// @param name lower-case field name
public record HeaderMatch(String name, Condition condition) {
    /// What its value must be like.
    public sealed interface Condition {
        /// The very value.
        record Exact(String value) implements Condition {}

        /// A value that begins so.
        record Prefix(String value) implements Condition {}

        /// The whole value, in the syntax of `java.util.regex`; it compiles.
        record Regex(String pattern) implements Condition {}

        /// Any value.
        record Present() implements Condition {}
    }
}
