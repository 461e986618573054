package dev.sluice.host.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An immutable JSON tree.
public sealed interface JsonValue {
    /// Compact JSON, members in declared order.
    default String compact() {
        return JsonText.compact(this);
    }

    /// An object; members keep their declared order, which equality ignores.
    record JsonObject(Map<String, JsonValue> members) implements JsonValue {
        static final JsonObject EMPTY = new JsonObject(Map.of());

        public JsonObject {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /// The member, or null when there is none.
        public @Nullable JsonValue get(String key) {
            return members.get(key);
        }

        /// The member's members; none when it is no object.
        JsonObject objectAt(String key) {
            return members.get(key) instanceof JsonObject object ? object : EMPTY;
        }

        /// The same with one member set, in its old place or at the end.
        JsonObject with(String key, JsonValue value) {
            var changed = new LinkedHashMap<>(members);
            changed.put(key, value);
            return new JsonObject(changed);
        }

        /// The same without a member.
        JsonObject without(String key) {
            var changed = new LinkedHashMap<>(members);
            changed.remove(key);
            return new JsonObject(changed);
        }
    }

    /// An array.
    record JsonArray(List<JsonValue> items) implements JsonValue {
        public JsonArray {
            items = List.copyOf(items);
        }
    }

    /// A string.
    record JsonString(String text) implements JsonValue {}

    /// A number.
    ///
    /// @param text in JSON's syntax, digits as they were declared
    record JsonNumber(String text) implements JsonValue {}

    /// `true` or `false`.
    record JsonBoolean(boolean value) implements JsonValue {}

    /// `null`.
    record JsonNull() implements JsonValue {}
}
