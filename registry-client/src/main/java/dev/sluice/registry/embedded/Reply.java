package dev.sluice.registry.embedded;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// An answer of the embedded registry.
///
/// @param status HTTP status
/// @param headers fields to send
/// @param body content, borrowed
@SuppressWarnings("ArrayRecordComponent")
public record Reply(int status, Map<String, String> headers, byte[] body) {
    /// An answer without content.
    static Reply of(int status) {
        return new Reply(status, Map.of(), new byte[0]);
    }

    /// An answer with content of a type.
    static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, Map.of("Content-Type", contentType), body);
    }

    /// A JSON answer.
    static Reply json(int status, String json) {
        return of(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /// A refusal in the registry's error format; `message` holds no quotes.
    static Reply refused(int status, String code, String message) {
        return json(
                status,
                "{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}".formatted(code, message));
    }

    Reply with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body);
    }
}
