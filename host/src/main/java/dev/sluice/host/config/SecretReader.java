package dev.sluice.host.config;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `secrets`.
final class SecretReader {
    private static final List<String> SOURCES = List.of("env", "file", "docker");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private SecretReader() {}

    static @Nullable SecretConfig read(Section secret) {
        var source = secret.choice(SOURCES, List.of());
        return switch (source) {
            case "env" -> secret.find(source, SecretReader::env);
            case "file" -> secret.find(source, SecretReader::file);
            case "docker" -> secret.find(source, value -> value.section(SecretReader::docker));
            case null, default -> null;
        };
    }

    private static @Nullable SecretConfig env(Value value) {
        var variable = value.text();
        if (variable == null) {
            return null;
        }
        if (!VARIABLE.matcher(variable).matches()) {
            value.refuseValue("the name of an environment variable: letters, digits and _");
            return null;
        }
        return new SecretConfig.Env(variable);
    }

    private static @Nullable SecretConfig file(Value value) {
        var path = value.path();
        return path == null ? null : new SecretConfig.File(path);
    }

    private static @Nullable SecretConfig docker(Section docker) {
        var file = docker.require("file", Value::path);
        return file == null ? null : new SecretConfig.Docker(file);
    }
}
