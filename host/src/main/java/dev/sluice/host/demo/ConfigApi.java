package dev.sluice.host.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// A client of a gateway's config API.
public final class ConfigApi implements AutoCloseable {
    /// It runs on threads that are there, its own and who calls: a client is to cost little.
    private final HttpClient client = HttpClient.newBuilder().executor(Runnable::run).build();

    private final URI config;

    public ConfigApi(InetSocketAddress admin) {
        config =
                URI.create(
                        "http://%s:%d/v1/config"
                                .formatted(admin.getAddress().getHostAddress(), admin.getPort()));
    }

    /// Merges a patch into the config that runs; it is live when this returns.
    ///
    /// @throws IOException when the gateway refuses it
    public void patch(String json) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(config)
                        .header("content-type", "application/json")
                        .method("PATCH", BodyPublishers.ofString(json))
                        .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the config API refused a change: " + answer.body());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
