package dev.sluice.host.config;

import java.nio.file.Path;

/// Where the value of a secret is found; the value itself is never part of a config.
public sealed interface SecretConfig {
    /// An environment variable of the gateway.
    record Env(String variable) implements SecretConfig {}

    /// The content of a file, without one line end at its end.
    record File(Path path) implements SecretConfig {}

    /// The registry logins in a Docker client's `config.json`; for pulling only.
    record Docker(Path file) implements SecretConfig {}
}
