package dev.sluice.host.demo;

import dev.sluice.host.loop.Scheduling;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A client of a gateway's config API, on threads that yield to those of the gateway and of its
/// traffic.
public final class ConfigApi implements AutoCloseable {
    private final ExecutorService aside =
            Executors.newSingleThreadExecutor(task ->
                    Thread.ofPlatform()
                            .daemon()
                            .name("config-api-client")
                            .unstarted(Scheduling.yielding(task)));
    private final HttpClient client;
    private final URI config;

    public ConfigApi(InetSocketAddress admin) {
        // its own thread starts here, and is as the one that starts it
        client = CompletableFuture.supplyAsync(ConfigApi::client, aside).join();
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
        HttpResponse<String> answer = send(request);
        if (answer.statusCode() != 200) {
            throw new IOException("the config API refused a change: " + answer.body());
        }
    }

    private HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        Future<HttpResponse<String>> answer =
                aside.submit(() -> client.send(request, BodyHandlers.ofString()));
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            answer.cancel(true); // when the caller was interrupted
        }
    }

    /// It runs on threads that are there, its own and who calls: a client is to cost little.
    private static HttpClient client() {
        return HttpClient.newBuilder().executor(Runnable::run).build();
    }

    @Override
    public void close() {
        client.close();
        aside.close();
    }
}
