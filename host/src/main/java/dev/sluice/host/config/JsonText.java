package dev.sluice.host.config;

import dev.sluice.host.config.JsonValue.JsonArray;
import dev.sluice.host.config.JsonValue.JsonBoolean;
import dev.sluice.host.config.JsonValue.JsonNull;
import dev.sluice.host.config.JsonValue.JsonNumber;
import dev.sluice.host.config.JsonValue.JsonObject;
import dev.sluice.host.config.JsonValue.JsonString;
import java.util.Map;

/// Writes JSON without white space, in the string syntax of RFC 8785.
final class JsonText {
    private final StringBuilder out = new StringBuilder();

    private JsonText() {}

    static String compact(JsonValue value) {
        var text = new JsonText();
        text.write(value);
        return text.out.toString();
    }

    private void write(JsonValue value) {
        switch (value) {
            case JsonObject(Map<String, JsonValue> members) -> writeMembers(members);
            case JsonArray array -> writeItems(array);
            case JsonString(String text) -> writeString(text);
            case JsonNumber(String text) -> out.append(text);
            case JsonBoolean(boolean bool) -> out.append(bool);
            case JsonNull() -> out.append("null");
        }
    }

    private void writeMembers(Map<String, JsonValue> members) {
        out.append('{');
        var separator = "";
        for (var member : members.entrySet()) {
            out.append(separator);
            writeString(member.getKey());
            out.append(':');
            write(member.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private void writeItems(JsonArray array) {
        out.append('[');
        var separator = "";
        for (JsonValue item : array.items()) {
            out.append(separator);
            write(item);
            separator = ",";
        }
        out.append(']');
    }

    private void writeString(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
