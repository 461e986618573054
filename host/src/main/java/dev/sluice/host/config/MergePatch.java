package dev.sluice.host.config;

import dev.sluice.host.config.JsonValue.JsonNull;
import dev.sluice.host.config.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Merge patches (RFC 7396). What the patch sets keeps its old place; what it adds comes last.
///
/// A secret reference is one value: it is never merged with what it replaces.
final class MergePatch {
    private MergePatch() {}

    /// `target` as `patch` wants it; a null target is an absent one.
    static JsonValue apply(@Nullable JsonValue target, JsonValue patch) {
        if (!(patch instanceof JsonObject changes) || SecretReference.isOne(changes)) {
            return patch;
        }
        Map<String, JsonValue> merged = new LinkedHashMap<>();
        if (target instanceof JsonObject object && !SecretReference.isOne(object)) {
            merged.putAll(object.members());
        }
        changes.members()
                .forEach((key, change) -> {
                    if (change instanceof JsonNull) {
                        merged.remove(key);
                    } else {
                        merged.put(key, apply(merged.get(key), change));
                    }
                });
        return new JsonObject(merged);
    }
}
