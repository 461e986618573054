package dev.sluice.conformance.subject;

import java.util.List;
import java.util.stream.Stream;

/// The head of a request.
///
/// @param plugin who sees it
/// @param fields beside `host` and the framing
/// @param bodyFollows whether its end is still to come
public record Request(String method, String plugin, List<Field> fields, boolean bodyFollows) {
    /// A request without body to the plugin `p`.
    public static Request get() {
        return new Request("GET", "p", List.of(), false);
    }

    /// A request with a body to the plugin `p`, chunked unless `content-length` is given.
    public static Request post() {
        return new Request("POST", "p", List.of(), true);
    }

    /// This to another plugin.
    public Request to(String other) {
        return new Request(method, other, fields, bodyFollows);
    }

    /// This with a field more.
    public Request with(String name, String value) {
        List<Field> more =
                Stream.concat(fields.stream(), Stream.of(new Field(name, value))).toList();
        return new Request(method, plugin, more, bodyFollows);
    }

    /// Its path.
    public String path() {
        return "/" + plugin + "/";
    }
}
