package dev.sluice.host.config;

import dev.sluice.host.config.JsonValue.JsonArray;
import dev.sluice.host.config.JsonValue.JsonBoolean;
import dev.sluice.host.config.JsonValue.JsonNull;
import dev.sluice.host.config.JsonValue.JsonNumber;
import dev.sluice.host.config.JsonValue.JsonObject;
import dev.sluice.host.config.JsonValue.JsonString;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// A value of the document at its place. What it is read as is null when it was refused, and the
/// reason has been added to the problems.
///
/// Thread: the one that parses the document.
record Value(Pointer pointer, JsonValue json, Problems problems) {
    private static final int MAX_PATTERN = 1_024;
    private static final String SECRETS = "/" + Kinds.SECRETS + "/";

    /// Turns a value into what it means; null when it was refused.
    @FunctionalInterface
    interface Reading<T> {
        @Nullable T read(Value value);
    }

    /// Reports an error here.
    void refuse(String code, String message) {
        problems.add(pointer, code, message);
    }

    /// Reports that what is here is not built yet.
    void refuseAsLater(String what) {
        refuse(ConfigError.NOT_SUPPORTED_YET, what + " is not supported yet");
    }

    void refuseType(String rule) {
        refuse(ConfigError.WRONG_TYPE, "%s (expected: %s)".formatted(shown(), rule));
    }

    void refuseValue(String rule) {
        refuse(ConfigError.INVALID_VALUE, "%s (expected: %s)".formatted(shown(), rule));
    }

    /// A scalar as a message shows it; of anything bigger, and of what may be a secret, only what
    /// it is.
    private String shown() {
        if (pointer.text().startsWith(SECRETS)) {
            return json instanceof JsonObject || json instanceof JsonArray
                    ? "a mapping or list"
                    : "the value";
        }
        return switch (json) {
            case JsonObject _ -> "a mapping";
            case JsonArray _ -> "a list";
            case JsonString(String text) -> Quoted.value(text);
            case JsonNumber(String text) -> text.length() > 40 ? "a number" : text;
            case JsonBoolean(boolean value) -> Boolean.toString(value);
            case JsonNull() -> "null";
        };
    }

    /// What a mapping means; keys that `reading` does not ask for are reported.
    <T> @Nullable T section(Section.Reading<T> reading) {
        if (!(json instanceof JsonObject object)) {
            refuseType("a mapping");
            return null;
        }
        var section = new Section(this, object);
        T read = reading.read(section);
        section.end();
        return read;
    }

    private @Nullable List<Value> items() {
        if (!(json instanceof JsonArray array)) {
            refuseType("a list");
            return null;
        }
        List<Value> items = new ArrayList<>();
        for (JsonValue item : array.items()) {
            items.add(new Value(pointer.child(items.size()), item, problems));
        }
        return items;
    }

    /// The items that could be read, each once; null when this is no list or an empty one.
    <T> @Nullable List<T> items(Reading<T> reading) {
        var items = items();
        if (items == null) {
            return null;
        }
        if (items.isEmpty()) {
            refuse(ConfigError.INVALID_VALUE, "an empty list (expected: at least one item)");
            return null;
        }
        Set<T> read = new LinkedHashSet<>();
        for (Value item : items) {
            T one = reading.read(item);
            if (one != null && !read.add(one)) {
                item.refuse(ConfigError.CONFLICT, "the same item twice; keep one");
            }
        }
        return List.copyOf(read);
    }

    @Nullable String text() {
        return text("a string; numbers, true, false and null need quotes");
    }

    private @Nullable String text(String rule) {
        if (json instanceof JsonString(String text)) {
            return text;
        }
        refuseType(rule);
        return null;
    }

    /// A string that is not empty and has no control characters.
    @Nullable String line() {
        var text = text();
        if (text != null && (text.isEmpty() || text.chars().anyMatch(Character::isISOControl))) {
            refuseValue("at least one character, no control characters");
            return null;
        }
        return text;
    }

    /// A string of a syntax; `parse` throws `IllegalArgumentException` with the message.
    <T> @Nullable T parsed(String example, Function<String, T> parse) {
        var text = text("a string such as " + example);
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            refuse(ConfigError.INVALID_VALUE, String.valueOf(e.getMessage()));
            return null;
        }
    }

    @Nullable Duration duration(Duration min, Duration max) {
        var duration = parsed("250ms", DurationText::parse);
        if (duration != null && (duration.compareTo(min) < 0 || duration.compareTo(max) > 0)) {
            refuseRange(DurationText.format(min), DurationText.format(max));
            return null;
        }
        return duration;
    }

    @Nullable ByteSize size(ByteSize min, ByteSize max) {
        var size = parsed("64KiB", ByteSize::parse);
        if (size != null && (size.compareTo(min) < 0 || size.compareTo(max) > 0)) {
            refuseRange(min.toString(), max.toString());
            return null;
        }
        return size;
    }

    @Nullable HostPort address() {
        return parsed("10.0.0.1:8080", HostPort::parse);
    }

    @Nullable Integer integer(int min, int max) {
        if (!(json instanceof JsonNumber(String digits))) {
            refuseType("a whole number of %d..%d".formatted(min, max));
            return null;
        }
        try {
            int number = Integer.parseInt(digits);
            if (number >= min && number <= max) {
                return number;
            }
            refuseRange(Integer.toString(min), Integer.toString(max));
        } catch (NumberFormatException _) {
            refuse(
                    ConfigError.OUT_OF_RANGE,
                    "%s (expected: a whole number of %d..%d)".formatted(shown(), min, max));
        }
        return null;
    }

    private void refuseRange(String min, String max) {
        refuse(ConfigError.OUT_OF_RANGE, "%s (expected: %s..%s)".formatted(bare(), min, max));
    }

    private String bare() {
        return json instanceof JsonString(String text) ? text : shown();
    }

    @Nullable Boolean bool() {
        if (json instanceof JsonBoolean(boolean value)) {
            return value;
        }
        refuseType("true or false");
        return null;
    }

    /// `true`, for keys whose presence is the meaning.
    @Nullable Boolean onlyTrue() {
        var value = bool();
        if (value == null || value) {
            return value;
        }
        refuseValue("true; leave the key out otherwise");
        return null;
    }

    <E> @Nullable E word(Words<E> words) {
        var text = text(words.rule());
        if (text == null) {
            return null;
        }
        var meaning = words.meanings().get(text);
        if (meaning == null && words.later().contains(text)) {
            refuseAsLater(text);
        } else if (meaning == null) {
            refuseValue(words.rule());
        }
        return meaning;
    }

    /// A path of the file system; `~/` is the home directory.
    @Nullable Path path() {
        var text = line();
        if (text == null) {
            return null;
        }
        try {
            return text.startsWith("~/")
                    ? Path.of(System.getProperty("user.home"), text.substring(2))
                    : Path.of(text);
        } catch (InvalidPathException e) {
            refuseValue("a path: " + e.getReason());
            return null;
        }
    }

    /// The source of a regular expression that compiles.
    @Nullable String regex() {
        var text = text();
        if (text == null) {
            return null;
        }
        if (text.length() > MAX_PATTERN) {
            refuse(
                    ConfigError.OUT_OF_RANGE,
                    "%d characters (expected: <= %d)".formatted(text.length(), MAX_PATTERN));
            return null;
        }
        try {
            return Pattern.compile(text).pattern();
        } catch (PatternSyntaxException e) {
            refuseValue(
                    "a java.util.regex pattern; %s at index %d"
                            .formatted(e.getDescription(), e.getIndex()));
            return null;
        }
    }
}
