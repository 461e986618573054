package dev.sluice.host.config;

import java.util.List;

/// What a config document was parsed into.
public sealed interface ParseResult {
    /// The config, or a [ConfigException] with all errors.
    GatewayConfig orThrow();

    /// A config without errors.
    ///
    /// @param document what it was parsed from
    record Valid(GatewayConfig config, ConfigDocument document) implements ParseResult {
        @Override
        public GatewayConfig orThrow() {
            return config;
        }
    }

    /// All that is wrong.
    ///
    /// @param errors at least one, in the order of the document where that is known
    record Invalid(List<ConfigError> errors) implements ParseResult {
        public Invalid {
            errors = List.copyOf(errors);
        }

        @Override
        public GatewayConfig orThrow() {
            throw new ConfigException(errors);
        }
    }
}
