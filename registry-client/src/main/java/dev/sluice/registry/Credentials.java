package dev.sluice.registry;

import java.nio.file.Path;

/// Who asks a registry.
public sealed interface Credentials {
    /// Nobody in particular.
    record Anonymous() implements Credentials {}

    /// A user with a password or access token.
    ///
    /// @param user user name; without a colon, as HTTP's Basic scheme demands
    /// @param password password; never printed
    record Basic(String user, String password) implements Credentials {
        /// Refuses a user name that Basic cannot carry.
        public Basic {
            if (user.isEmpty() || user.indexOf(':') >= 0) {
                throw new IllegalArgumentException(
                        "user: %s (expected: not empty, no ':')".formatted(user));
            }
        }

        @Override
        public String toString() {
            return "Basic[user=%s, password=***]".formatted(user);
        }
    }

    /// Whatever a Docker configuration file holds for the registry; anonymous when nothing.
    ///
    /// @param file a `config.json`; read at each operation
    record DockerConfig(Path file) implements Credentials {}
}
