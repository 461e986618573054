package dev.sluice.conformance.subject.gateway;

import dev.sluice.conformance.subject.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of the config API.
final class AdminClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    AdminClient(InetSocketAddress address) {
        base = "http://%s:%d".formatted(address.getAddress().getHostAddress(), address.getPort());
    }

    /// Makes this the whole config; it is live when this returns.
    ///
    /// @throws RefusedException when it is not accepted
    void put(JsonNode config) {
        HttpResponse<String> answer =
                send(
                        HttpRequest.newBuilder(URI.create(base + "/v1/config"))
                                .header("content-type", "application/json")
                                .PUT(BodyPublishers.ofString(JSON.writeValueAsString(config))));
        if (answer.statusCode() != 200) {
            JsonNode first = JSON.readTree(answer.body()).path("errors").path(0);
            throw new RefusedException(
                    first.path("code").asString(), first.path("message").asString());
        }
    }

    JsonNode status() {
        return JSON.readTree(get("/v1/status"));
    }

    /// A number from the metrics that has no labels.
    int metric(String name) {
        return get("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private String get(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path))).body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
