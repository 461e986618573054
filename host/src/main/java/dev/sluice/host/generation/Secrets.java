package dev.sluice.host.generation;

import dev.sluice.host.config.SecretConfig;
import dev.sluice.host.config.SecretResolver;
import dev.sluice.host.plugin.AdmissionException;
import dev.sluice.registry.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the secrets of one config; keeps none.
///
/// Thread: any that may block.
final class Secrets implements SecretResolver {
    private final Map<String, SecretConfig> declared;

    Secrets(Map<String, SecretConfig> declared) {
        this.declared = declared;
    }

    @Override
    public String value(String name) {
        return switch (declared.get(name)) {
            case SecretConfig.Env(String variable) -> {
                String value = System.getenv(variable);
                if (value == null) {
                    throw missing(
                            name, "the environment variable %s is not set".formatted(variable));
                }
                yield value;
            }
            case SecretConfig.File(Path path) -> read(name, path);
            case SecretConfig.Docker _ -> throw missing(name, "it holds registry logins only");
            case null -> throw missing(name, "it is not declared");
        };
    }

    /// What a registry is logged in to with.
    ///
    /// @param name null for nothing
    Credentials credentials(@Nullable String name) {
        if (name == null) {
            return new Credentials.Anonymous();
        }
        if (declared.get(name) instanceof SecretConfig.Docker(Path file)) {
            return new Credentials.DockerConfig(file);
        }
        String login = value(name);
        int colon = login.indexOf(':');
        if (colon < 1) {
            throw missing(name, "as a registry login it has to be user:password");
        }
        return new Credentials.Basic(login.substring(0, colon), login.substring(colon + 1));
    }

    private static String read(String name, Path path) {
        try {
            return Files.readString(path).replaceFirst("\\r?\\n\\z", "");
        } catch (IOException e) {
            throw missing(
                    name, "%s cannot be read (%s)".formatted(path, e.getClass().getSimpleName()));
        }
    }

    private static AdmissionException missing(String name, String why) {
        return new AdmissionException("secret_missing", "secret %s: %s".formatted(name, why));
    }
}
