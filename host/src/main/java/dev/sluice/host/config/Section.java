package dev.sluice.host.config;

import dev.sluice.host.config.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A mapping while it is read: what was asked for is known, and [#end] reports the rest.
///
/// Thread: the one that parses the document.
final class Section {
    private final Value at;
    private final JsonObject json;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> later = new LinkedHashSet<>();

    /// Turns a mapping into what it means; null when it was refused.
    @FunctionalInterface
    interface Reading<T> {
        @Nullable T read(Section section);
    }

    Section(Value at, JsonObject json) {
        this.at = at;
        this.json = json;
    }

    /// The mapping itself, to report errors at.
    Value at() {
        return at;
    }

    Set<String> keys() {
        return json.members().keySet();
    }

    /// The value of a key, or null when there is none.
    @Nullable Value get(String key) {
        known.add(key);
        var value = json.get(key);
        return value == null ? null : new Value(at.pointer().child(key), value, at.problems());
    }

    /// What a key means, `fallback` when it is absent or was refused.
    <T> T read(String key, T fallback, Value.Reading<T> reading) {
        var read = find(key, reading);
        return read == null ? fallback : read;
    }

    /// What a key means, null when it is absent or was refused.
    <T> @Nullable T find(String key, Value.Reading<T> reading) {
        var value = get(key);
        return value == null ? null : reading.read(value);
    }

    /// As [#find], and reports an absent key.
    <T> @Nullable T require(String key, Value.Reading<T> reading) {
        if (get(key) == null) {
            at.refuse(ConfigError.MISSING_KEY, "%s is missing; add it".formatted(key));
        }
        return find(key, reading);
    }

    /// Reports those of the keys that are there as not built yet; says whether there were any.
    boolean later(String... keys) {
        boolean found = false;
        for (String key : keys) {
            later.add(key);
            var value = json.get(key);
            if (value != null) {
                new Value(at.pointer().child(key), value, at.problems()).refuseAsLater(key);
                found = true;
            }
        }
        return found;
    }

    /// Which one of the keys is there, null when it is not exactly one; reports that, unless the
    /// place is taken by a key that is not built yet.
    @Nullable String choice(List<String> keys, List<String> laterKeys) {
        boolean isLater = later(laterKeys.toArray(String[]::new));
        known.addAll(keys);
        List<String> found = new ArrayList<>(keys);
        found.retainAll(keys());
        var names = String.join(", ", keys);
        if (found.size() > 1) {
            at.refuse(
                    ConfigError.CONFLICT,
                    "%s exclude each other; keep one".formatted(String.join(" and ", found)));
        } else if (found.isEmpty() && !isLater) {
            at.refuse(
                    ConfigError.MISSING_KEY,
                    keys.size() == 1
                            ? "%s is missing; add it".formatted(names)
                            : "one of %s is missing; add one".formatted(names));
        }
        return found.size() == 1 && !isLater ? found.getFirst() : null;
    }

    /// Reports every key that was not asked for.
    void end() {
        for (String key : keys()) {
            if (!known.contains(key) && !later.contains(key)) {
                at.problems()
                        .add(
                                at.pointer().child(key),
                                ConfigError.UNKNOWN_KEY,
                                "unknown key %s%s"
                                        .formatted(Quoted.value(key), Nearest.hint(key, known)));
            }
        }
    }
}
