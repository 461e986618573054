package dev.sluice.host.config;

import dev.sluice.host.config.JsonValue.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The declared names of every kind, those of refused resources included: one mistake is one error.
record Names(JsonObject config) {
    /// Reads the name of a resource of that kind.
    @Nullable String find(String kind, Value value) {
        var name = value.text();
        if (name == null || declared(kind).contains(name)) {
            return name;
        }
        if (value.problems().isFull()) {
            return null;
        }
        var hint = Nearest.hint(name, declared(kind));
        value.refuse(
                ConfigError.UNKNOWN_REFERENCE,
                "there is no %s %s%s"
                        .formatted(
                                Kinds.singular(kind),
                                Quoted.value(name),
                                hint.isEmpty() ? "; declare it under %s".formatted(kind) : hint));
        return null;
    }

    /// As [#find], of a secret that is one string, not a set of registry logins.
    @Nullable String findValueSecret(Value value) {
        var name = find(Kinds.SECRETS, value);
        if (name == null || config.objectAt(Kinds.SECRETS).objectAt(name).get("docker") == null) {
            return name;
        }
        value.refuse(
                ConfigError.CONFLICT,
                "secret %s holds registry logins; name one with env or file"
                        .formatted(Quoted.value(name)));
        return null;
    }

    private Set<String> declared(String kind) {
        return config.objectAt(kind).members().keySet();
    }
}
