package dev.sluice.registry.transport;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One HTTP request without its credentials.
///
/// @param method HTTP method, upper case
/// @param uri absolute address
/// @param headers fields to send; never `Authorization`
/// @param body what to send, or null for nothing
@SuppressWarnings("ArrayRecordComponent")
public record Request(String method, URI uri, Map<String, String> headers, byte @Nullable [] body) {
    /// Copies the headers; the body is borrowed until the answer is there.
    public Request {
        headers = Map.copyOf(headers);
    }

    /// A request without headers and body.
    public static Request of(String method, URI uri) {
        return new Request(method, uri, Map.of(), null);
    }

    /// The same request with one more header field.
    public Request with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Request(method, uri, more, body);
    }

    /// The same request with `content` as its body.
    public Request sending(byte[] content, String contentType) {
        return new Request(method, uri, headers, content).with("Content-Type", contentType);
    }

    /// The same request to another address.
    public Request to(URI other) {
        return new Request(method, other, headers, body);
    }
}
