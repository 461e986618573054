package dev.sluice.host.config;

import dev.sluice.host.config.JsonValue.JsonArray;
import dev.sluice.host.config.JsonValue.JsonObject;
import dev.sluice.host.config.JsonValue.JsonString;
import org.jspecify.annotations.Nullable;

/// Reads what a guest is configured with, and checks the secret references in it.
record ConfigurationReader(Names names) {
    @Nullable PluginConfiguration read(Value value) {
        return switch (value.json()) {
            case JsonString(String text) -> new PluginConfiguration.Text(text);
            case JsonObject object -> mapping(value, object);
            case JsonValue _ -> {
                value.refuseType("a mapping, or a string that reaches the guest as it is");
                yield null;
            }
        };
    }

    private @Nullable PluginConfiguration mapping(Value value, JsonObject object) {
        if (SecretReference.isOne(object)) {
            value.refuseValue("a mapping with secret references inside, not a reference itself");
            return null;
        }
        checkReferences(value);
        return new PluginConfiguration.Mapping(object);
    }

    private void checkReferences(Value value) {
        switch (value.json()) {
            case JsonObject object when SecretReference.isOne(object) -> checkReference(value);
            case JsonObject object ->
                    object.members()
                            .forEach((key, member) ->
                                    checkReferences(at(value, value.pointer().child(key), member)));
            case JsonArray array -> {
                for (int i = 0; i < array.items().size(); i++) {
                    checkReferences(at(value, value.pointer().child(i), array.items().get(i)));
                }
            }
            case JsonValue _ -> {}
        }
    }

    private void checkReference(Value value) {
        value.section(reference -> reference.find(SecretReference.KEY, names::findValueSecret));
    }

    private static Value at(Value parent, Pointer pointer, JsonValue json) {
        return new Value(pointer, json, parent.problems());
    }
}
