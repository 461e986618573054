package dev.sluice.registry.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The answer to one request; its body is a stream from the wire until it is closed.
///
/// @param status HTTP status
/// @param headers fields by lower-case name
/// @param body what came after the head; the caller closes it
public record Response(int status, Map<String, List<String>> headers, InputStream body)
        implements AutoCloseable {
    /// The first value of a field.
    public Optional<String> header(String name) {
        return headerValues(name).stream().findFirst();
    }

    /// All values of a field, in order.
    public List<String> headerValues(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
