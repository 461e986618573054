package dev.sluice.host.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.host.config.JsonValue.JsonArray;
import dev.sluice.host.config.JsonValue.JsonBoolean;
import dev.sluice.host.config.JsonValue.JsonNull;
import dev.sluice.host.config.JsonValue.JsonNumber;
import dev.sluice.host.config.JsonValue.JsonObject;
import dev.sluice.host.config.JsonValue.JsonString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamFactory.Feature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Reads a text into a tree, within bounds, with the place of each part.
///
/// YAML is taken as another way to write JSON: aliases and tags are refused, so a document is never
/// bigger than its text.
///
/// Thread: the one that reads the document.
final class DocumentReader {
    private static final int MAX_BYTES = 4 << 20;
    private static final int MAX_DEPTH = 64;

    /// Keeps no table of the names it has read: those of a config's resources come and go.
    private static final TokenStreamFactory JSON =
            JsonFactory.builder().disable(Feature.CANONICALIZE_PROPERTY_NAMES).build();

    private static final TokenStreamFactory YAML = YAMLFactory.builder().build();

    private final JsonParser parser;
    private final Positions positions;
    private final Problems problems;

    private DocumentReader(JsonParser parser, Positions positions) {
        this.parser = parser;
        this.positions = positions;
        problems = new Problems(positions);
    }

    /// Reads an object; no text at all, and in YAML no node, is the empty one. Throws
    /// [ConfigException].
    static JsonObject read(byte[] bytes, ConfigFormat format, Positions positions) {
        if (bytes.length > MAX_BYTES) {
            throw refused(
                    ConfigError.TOO_LARGE,
                    "%d bytes (expected: <= %d)".formatted(bytes.length, MAX_BYTES),
                    null);
        }
        var factory =
                switch (format) {
                    case JSON -> JSON;
                    case YAML -> YAML;
                };
        try (var parser = factory.createParser(ObjectReadContext.empty(), text(bytes))) {
            return new DocumentReader(parser, positions).document();
        } catch (JacksonException e) {
            throw refused(ConfigError.SYNTAX, message(e), location(e.getLocation()));
        }
    }

    private static String text(byte[] bytes) {
        try {
            var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            throw refused(ConfigError.SYNTAX, "not UTF-8; save the file as UTF-8", null);
        }
    }

    private JsonObject document() {
        var first = parser.nextToken();
        if (first == null) {
            return JsonObject.EMPTY;
        }
        positions.put(Pointer.ROOT, location(parser.currentTokenLocation()));
        var value = value(first, Pointer.ROOT, 1);
        if (parser.nextToken() != null) {
            problem(Pointer.ROOT, "more than one document; keep one per file");
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems.inOrder());
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        if (value instanceof JsonNull && parser instanceof YAMLParser) {
            return JsonObject.EMPTY;
        }
        throw refused(
                ConfigError.WRONG_TYPE,
                "the document is no mapping; start it with a key such as routes:",
                positions.find(Pointer.ROOT));
    }

    private JsonValue value(JsonToken token, Pointer at, int depth) {
        if (depth > MAX_DEPTH) {
            throw refused(
                    ConfigError.TOO_DEEP,
                    "nested deeper than %d levels".formatted(MAX_DEPTH),
                    location(parser.currentTokenLocation()));
        }
        refuseYamlExtras(at);
        return switch (token) {
            case START_OBJECT -> object(at, depth);
            case START_ARRAY -> array(at, depth);
            case VALUE_STRING -> new JsonString(wellFormed(parser.getString(), at));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token, at);
            case VALUE_TRUE -> new JsonBoolean(true);
            case VALUE_FALSE -> new JsonBoolean(false);
            case VALUE_NULL -> new JsonNull();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT -> {
                problem(at, "%s has no form in JSON; write a string".formatted(token));
                yield new JsonNull();
            }
        };
    }

    private JsonObject object(Pointer at, int depth) {
        var members = new LinkedHashMap<String, JsonValue>();
        while (next() == JsonToken.PROPERTY_NAME) {
            var key = wellFormed(parser.currentName(), at);
            var child = at.child(key);
            var place = location(parser.currentTokenLocation());
            boolean repeated = members.containsKey(key);
            positions.put(child, place);
            var member = value(next(), child, depth + 1);
            if (repeated) {
                problems.add(
                        child,
                        ConfigError.DUPLICATE_KEY,
                        "%s is declared twice, again at %s; keep one"
                                .formatted(Quoted.value(key), place));
            } else {
                members.put(key, member);
            }
        }
        return new JsonObject(members);
    }

    private JsonArray array(Pointer at, int depth) {
        List<JsonValue> items = new ArrayList<>();
        for (var token = next(); token != JsonToken.END_ARRAY; token = next()) {
            var child = at.child(items.size());
            positions.put(child, location(parser.currentTokenLocation()));
            items.add(value(token, child, depth + 1));
        }
        return new JsonArray(items);
    }

    private JsonToken next() {
        var token = parser.nextToken();
        if (token == null) {
            throw refused(
                    ConfigError.SYNTAX,
                    "the document ends too early",
                    location(parser.currentLocation()));
        }
        return token;
    }

    private JsonValue number(JsonToken token, Pointer at) {
        if (!(parser instanceof YAMLParser)) {
            return new JsonNumber(parser.getString());
        }
        if (parser.isNaN()) {
            problem(at, "%s has no form in JSON; put it in quotes".formatted(parser.getString()));
            return new JsonNull();
        }
        return new JsonNumber(
                token == JsonToken.VALUE_NUMBER_INT
                        ? parser.getBigIntegerValue().toString()
                        : parser.getDecimalValue().toString());
    }

    private void refuseYamlExtras(Pointer at) {
        if (!(parser instanceof YAMLParser yaml)) {
            return;
        }
        if (yaml.isCurrentAlias()) {
            problem(at, "YAML aliases are refused; write the value out");
        } else if (yaml.getRawTag() != null) {
            problem(at, "YAML tags are refused; leave %s out".formatted(yaml.getRawTag()));
        }
    }

    private String wellFormed(String text, Pointer at) {
        if (!UTF_8.newEncoder().canEncode(text)) {
            problem(at, "half of a surrogate pair; write the whole character");
        }
        return text;
    }

    private void problem(Pointer at, String message) {
        problems.add(at, ConfigError.SYNTAX, message);
    }

    /// What the parser says, without its drawing of the text.
    private static String message(JacksonException e) {
        var message = String.valueOf(e.getOriginalMessage());
        int marker = message.indexOf(" (start marker");
        return (marker < 0 ? message : message.substring(0, marker))
                .lines()
                .filter(line -> !line.startsWith(" "))
                .collect(Collectors.joining(": "));
    }

    private static ConfigException refused(
            String code, String message, @Nullable Location location) {
        return new ConfigException(
                List.of(new ConfigError(Pointer.ROOT.text(), code, message, location)));
    }

    private static Location location(@Nullable TokenStreamLocation place) {
        return place == null || place.getLineNr() < 1
                ? new Location(1, 1)
                : new Location(place.getLineNr(), Math.max(1, place.getColumnNr()));
    }
}
