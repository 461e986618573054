package dev.sluice.host.config;

import dev.sluice.host.config.JsonValue.JsonArray;
import dev.sluice.host.config.JsonValue.JsonObject;
import dev.sluice.host.config.JsonValue.JsonString;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `{ $secret: name }` inside plugin configuration: a string that is not part of the config.
final class SecretReference {
    static final String KEY = "$secret";

    private SecretReference() {}

    /// Whether the object refers to a secret, well-formed or not.
    static boolean isOne(JsonObject object) {
        return object.members().containsKey(KEY);
    }

    /// The name, or null when `value` is no well-formed reference.
    static @Nullable String name(JsonValue value) {
        return value instanceof JsonObject object
                        && object.members().size() == 1
                        && object.get(KEY) instanceof JsonString(String name)
                ? name
                : null;
    }

    /// The tree with every reference replaced by its value.
    static JsonValue resolve(JsonValue value, SecretResolver secrets) {
        var name = name(value);
        if (name != null) {
            return new JsonString(secrets.value(name));
        }
        return switch (value) {
            case JsonObject object -> {
                var members = new LinkedHashMap<String, JsonValue>();
                object.members()
                        .forEach((key, member) -> members.put(key, resolve(member, secrets)));
                yield new JsonObject(members);
            }
            case JsonArray array ->
                    new JsonArray(
                            array.items().stream().map(item -> resolve(item, secrets)).toList());
            case JsonValue scalar -> scalar;
        };
    }

    /// Adds the names of all references in the tree.
    static void collect(JsonValue value, Set<String> names) {
        var name = name(value);
        if (name != null) {
            names.add(name);
            return;
        }
        switch (value) {
            case JsonObject object ->
                    object.members().values().forEach(member -> collect(member, names));
            case JsonArray array -> array.items().forEach(item -> collect(item, names));
            case JsonValue _ -> {}
        }
    }
}
