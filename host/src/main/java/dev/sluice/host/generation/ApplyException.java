package dev.sluice.host.generation;

import dev.sluice.host.config.ConfigError;
import java.util.List;

/// Thrown when a config is not applied; what runs is untouched.
public final class ApplyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final transient List<ConfigError> errors;

    /// Whose fault it is.
    public enum Kind {
        /// The config itself.
        INVALID,
        /// What runs is not what the writer had seen.
        STALE,
        /// A module or a plugin: it cannot be pulled, compiled or started.
        NOT_ADMITTED,
        /// This machine: an address or the disk.
        FAILED
    }

    /// @param errors at least one
    public ApplyException(Kind kind, List<ConfigError> errors) {
        super(String.join("\n", errors.stream().map(ConfigError::toString).toList()));
        this.kind = kind;
        this.errors = List.copyOf(errors);
    }

    /// Whose fault it is.
    public Kind kind() {
        return kind;
    }

    /// What is wrong, all of it.
    public List<ConfigError> errors() {
        return errors;
    }
}
