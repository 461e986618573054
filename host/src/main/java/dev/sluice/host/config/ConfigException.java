package dev.sluice.host.config;

import java.util.List;
import java.util.stream.Collectors;

/// A config was refused; says everything that is wrong with it at once.
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigError> errors;

    /// @param errors at least one
    public ConfigException(List<ConfigError> errors) {
        super(errors.stream().map(ConfigError::toString).collect(Collectors.joining("\n")));
        this.errors = List.copyOf(errors);
    }

    /// In the order of the document; never empty.
    public List<ConfigError> errors() {
        return errors;
    }
}
