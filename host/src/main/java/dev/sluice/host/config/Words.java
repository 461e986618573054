package dev.sluice.host.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The words a value is chosen from.
///
/// @param meanings by word, in the order they are offered
/// @param later words that are not built yet
record Words<E>(Map<String, E> meanings, Set<String> later) {
    /// The constants of an enum in camelCase.
    static <E extends Enum<E>> Words<E> of(Class<E> type) {
        var meanings = new LinkedHashMap<String, E>();
        for (E constant : type.getEnumConstants()) {
            meanings.put(camelCase(constant.name()), constant);
        }
        return new Words<>(meanings, Set.of());
    }

    Words<E> later(String... words) {
        return new Words<>(meanings, Set.of(words));
    }

    Words<E> renamed(String word, String written) {
        var renamed = new LinkedHashMap<String, E>();
        meanings.forEach((key, meaning) -> renamed.put(key.equals(word) ? written : key, meaning));
        return new Words<>(renamed, later);
    }

    String rule() {
        return String.join(" | ", meanings.keySet());
    }

    private static String camelCase(String constant) {
        var out = new StringBuilder();
        boolean upper = false;
        for (int i = 0; i < constant.length(); i++) {
            char c = constant.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                out.append(upper ? c : Character.toLowerCase(c));
                upper = false;
            }
        }
        return out.toString();
    }
}
