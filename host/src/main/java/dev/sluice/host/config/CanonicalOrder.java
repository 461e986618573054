package dev.sluice.host.config;

import dev.sluice.host.config.JsonValue.JsonArray;
import dev.sluice.host.config.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// The order of members in canonical JSON: sorted, except where the declared order means something.
///
/// It does between routes, where it decides ties, and inside plugin configuration, which the guest
/// gets as it is. A kind without resources is left out.
final class CanonicalOrder {
    private CanonicalOrder() {}

    static JsonObject ofConfig(JsonObject config) {
        var sorted = new TreeMap<String, JsonValue>();
        config.members()
                .forEach((kind, value) -> {
                    if (!value.equals(JsonObject.EMPTY)) {
                        sorted.put(kind, ofKind(kind, value));
                    }
                });
        return new JsonObject(sorted);
    }

    private static JsonValue ofKind(String kind, JsonValue value) {
        if (kind.equals(Kinds.SETTINGS) || !(value instanceof JsonObject resources)) {
            return ofResource(kind, value);
        }
        Map<String, JsonValue> ordered =
                kind.equals(Kinds.ROUTES) ? new LinkedHashMap<>() : new TreeMap<>();
        resources
                .members()
                .forEach((name, resource) -> ordered.put(name, ofResource(kind, resource)));
        return new JsonObject(ordered);
    }

    static JsonValue ofResource(String kind, JsonValue resource) {
        if (!(resource instanceof JsonObject object)) {
            return sorted(resource);
        }
        var ordered = new TreeMap<String, JsonValue>();
        object.members()
                .forEach((key, value) ->
                        ordered.put(
                                key, isGuestText(kind, key) ? value : member(kind, key, value)));
        return new JsonObject(ordered);
    }

    private static boolean isGuestText(String kind, String key) {
        return (kind.equals(Kinds.PLUGINS) && key.equals("config"))
                || (kind.equals(Kinds.BINDINGS) && key.equals("configOverride"));
    }

    private static JsonValue member(String kind, String key, JsonValue value) {
        if (kind.equals(Kinds.PLUGINS) && key.equals("vm") && value instanceof JsonObject vm) {
            var ordered = new TreeMap<String, JsonValue>();
            vm.members()
                    .forEach((name, part) ->
                            ordered.put(name, isVmOrdered(name) ? part : sorted(part)));
            return new JsonObject(ordered);
        }
        return sorted(value);
    }

    private static boolean isVmOrdered(String name) {
        return name.equals("config") || name.equals("env");
    }

    private static JsonValue sorted(JsonValue value) {
        return switch (value) {
            case JsonObject object -> {
                var members = new TreeMap<String, JsonValue>();
                object.members().forEach((key, member) -> members.put(key, sorted(member)));
                yield new JsonObject(members);
            }
            case JsonArray array ->
                    new JsonArray(array.items().stream().map(CanonicalOrder::sorted).toList());
            case JsonValue scalar -> scalar;
        };
    }
}
