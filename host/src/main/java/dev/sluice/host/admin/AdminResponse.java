package dev.sluice.host.admin;

import dev.sluice.host.config.ConfigError;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An answer of the config API.
///
/// @param headers beside type and length
@SuppressWarnings("ArrayRecordComponent") // bytes, never compared
record AdminResponse(int status, String contentType, byte[] body, Map<String, String> headers) {
    static final JsonMapper JSON = JsonMapper.shared();

    static AdminResponse text(int status, String contentType, String text) {
        return new AdminResponse(
                status, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static AdminResponse json(int status, JsonNode node) {
        String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
        return text(status, "application/json", text);
    }

    static AdminResponse error(int status, String code, String message) {
        return errors(status, List.of(new ConfigError("", code, message, null)));
    }

    static AdminResponse errors(int status, List<ConfigError> errors) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode list = root.putArray("errors");
        for (ConfigError error : errors) {
            ObjectNode each = list.addObject();
            each.put("pointer", error.pointer());
            each.put("code", error.code());
            each.put("message", error.message());
            if (error.location() != null) {
                each.put("line", error.location().line());
                each.put("column", error.location().column());
            }
        }
        return json(status, root);
    }

    AdminResponse with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new AdminResponse(status, contentType, body, more);
    }
}
