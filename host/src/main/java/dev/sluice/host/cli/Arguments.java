package dev.sluice.host.cli;

import dev.sluice.host.config.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What follows a verb: flags, options with a value, and words.
public final class Arguments {
    private final Set<String> flags = new TreeSet<>();
    private final Map<String, String> options = new HashMap<>();
    private final List<String> words = new ArrayList<>();

    /// Sorts what was given.
    ///
    /// @param knownFlags such as `--json`
    /// @param knownOptions such as `-f`, each followed by a value
    /// @param most most words
    /// @throws UsageException naming the nearest known flag
    public Arguments(
            List<String> given, Set<String> knownFlags, Set<String> knownOptions, int most) {
        for (int i = 0; i < given.size(); i++) {
            String each = given.get(i);
            int equals = each.startsWith("--") ? each.indexOf('=') : -1;
            String name = equals < 0 ? each : each.substring(0, equals);
            if (!each.startsWith("-") || each.equals("-")) {
                words.add(each);
            } else if (knownFlags.contains(each)) {
                flags.add(each);
            } else if (knownOptions.contains(name)) {
                if (equals < 0 && i + 1 == given.size()) {
                    throw new UsageException("%s needs a value".formatted(name));
                }
                options.put(name, equals < 0 ? given.get(++i) : each.substring(equals + 1));
            } else {
                var known = new TreeSet<>(knownFlags);
                known.addAll(knownOptions);
                throw new UsageException(
                        "unknown flag %s%s".formatted(name, Nearest.hint(name, known)));
            }
        }
        if (words.size() > most) {
            throw new UsageException("unexpected argument %s".formatted(words.get(most)));
        }
    }

    /// Whether a flag was given.
    public boolean has(String flag) {
        return flags.contains(flag);
    }

    /// The value of an option, or null.
    public @Nullable String option(String name) {
        return options.get(name);
    }

    /// The value of an option that must be there.
    ///
    /// @throws UsageException when it was not given
    public String required(String name) {
        String value = options.get(name);
        if (value == null) {
            throw new UsageException("%s is missing".formatted(name));
        }
        return value;
    }

    /// All words, in order.
    public List<String> words() {
        return List.copyOf(words);
    }

    /// The word at `index`.
    ///
    /// @param what it is, for the message
    /// @throws UsageException when it was not given
    public String word(int index, String what) {
        if (index >= words.size()) {
            throw new UsageException("%s is missing".formatted(what));
        }
        return words.get(index);
    }
}
