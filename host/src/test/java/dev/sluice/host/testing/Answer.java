package dev.sluice.host.testing;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/// What a client got.
public record Answer(int status, String body, HttpHeaders headers) {
    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.body(), response.headers());
    }

    /// The first value of a header, or empty.
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
