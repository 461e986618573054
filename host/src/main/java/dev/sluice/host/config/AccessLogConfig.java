package dev.sluice.host.config;

import java.nio.file.Path;

/// Where access records go and how they look.
public record AccessLogConfig(Destination destination, Format format) {
    /// JSON on standard output.
    public static AccessLogConfig defaults() {
        return new AccessLogConfig(new Destination.Stdout(), Format.JSON);
    }

    /// Where records go.
    public sealed interface Destination {
        /// Standard output.
        record Stdout() implements Destination {}

        /// Nowhere.
        record Off() implements Destination {}

        /// The end of a file, which is created.
        record File(Path path) implements Destination {}
    }

    /// How a record is written.
    public enum Format {
        /// One JSON object a line.
        JSON
    }
}
