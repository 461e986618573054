package dev.sluice.registry.testing;

import dev.sluice.oci.Descriptor;
import dev.sluice.oci.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Puts hand-made blobs and manifests into a registry, in any shape.
public final class RawPush implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    /// Pushes to `host/repository` on plain HTTP.
    public RawPush(String host, String repository) {
        base = "http://%s/v2/%s/".formatted(host, repository);
    }

    /// Pushes a blob and describes it.
    public Descriptor blob(String mediaType, byte[] content) {
        var digest = Digest.of(content);
        send("POST", "blobs/uploads/?digest=" + digest, "application/octet-stream", content, 201);
        return Descriptor.of(mediaType, content);
    }

    /// Pushes an image manifest of `mediaType` over `layers` under a tag or digest.
    public Digest image(String name, String mediaType, Descriptor... layers) {
        var config = blob("application/vnd.oci.empty.v1+json", utf8("{}"));
        var json =
                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
                        .formatted(
                                mediaType,
                                json(config),
                                Arrays.stream(layers)
                                        .map(RawPush::json)
                                        .collect(Collectors.joining(",")));
        return manifest(name, mediaType, json);
    }

    /// Pushes a manifest document.
    public Digest manifest(String name, String mediaType, String json) {
        var bytes = utf8(json);
        var digest = Digest.of(bytes);
        var path = "manifests/" + (name.isEmpty() ? digest.toString() : name);
        send("PUT", path, mediaType, bytes, 201);
        return digest;
    }

    /// Sends one request and returns the answer.
    public HttpResponse<byte[]> send(
            String method, String path, String contentType, byte[] content, int expected) {
        var target =
                path.startsWith("/") ? URI.create(base).resolve(path) : URI.create(base + path);
        var request =
                HttpRequest.newBuilder(target)
                        .header("Content-Type", contentType)
                        .method(method, BodyPublishers.ofByteArray(content))
                        .build();
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != expected) {
                throw new AssertionError(
                        "%s %s: %d %s"
                                .formatted(
                                        method,
                                        target,
                                        answer.statusCode(),
                                        new String(answer.body(), StandardCharsets.UTF_8)));
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String json(Descriptor d) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"annotations\":{%s}}"
                .formatted(
                        d.mediaType(),
                        d.digest(),
                        d.size(),
                        d.annotations().entrySet().stream()
                                .map(a -> "\"%s\":\"%s\"".formatted(a.getKey(), a.getValue()))
                                .collect(Collectors.joining(",")));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
