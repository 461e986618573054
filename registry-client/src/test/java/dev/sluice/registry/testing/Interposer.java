package dev.sluice.registry.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// A server between client and registry that records requests and answers some of them itself.
public final class Interposer implements AutoCloseable {
    private static final Set<String> OWN =
            Set.of("content-length", "date", "transfer-encoding", "connection", "host");

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final String upstream;
    private final Behaviour behaviour;

    /// One request that arrived.
    public record Seen(String method, String path, String query, String authorization) {}

    /// What comes back.
    @SuppressWarnings("ArrayRecordComponent")
    public record Answer(int status, Map<String, List<String>> headers, byte[] body) {
        /// A status with one header field.
        public static Answer of(int status, String name, String value) {
            return new Answer(status, Map.of(name, List.of(value)), new byte[0]);
        }

        /// A status with a JSON body.
        public static Answer json(String json) {
            return new Answer(200, Map.of(), json.getBytes(StandardCharsets.UTF_8));
        }

        /// The same with another body.
        public Answer withBody(byte[] other) {
            return new Answer(status, headers, other);
        }
    }

    /// Passes a request on to the registry behind.
    @FunctionalInterface
    public interface Upstream {
        /// The registry's own answer.
        Answer ask();
    }

    /// What to do with a request.
    @FunctionalInterface
    public interface Behaviour {
        /// The answer to send.
        Answer answer(Seen request, Upstream upstream) throws InterruptedException;
    }

    private Interposer(String upstream, Behaviour behaviour) {
        this.upstream = upstream;
        this.behaviour = behaviour;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    /// Stands before `upstream`, a `host:port` on plain HTTP.
    public static Interposer before(String upstream, Behaviour behaviour) {
        return new Interposer(upstream, behaviour);
    }

    /// Stands alone.
    public static Interposer alone(Behaviour behaviour) {
        return new Interposer("127.0.0.1:1", behaviour);
    }

    /// Its own `host:port`.
    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /// All requests so far.
    public List<Seen> seen() {
        return seen;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI();
            var authorization = exchange.getRequestHeaders().getFirst("Authorization");
            var body = exchange.getRequestBody().readAllBytes();
            var request =
                    new Seen(
                            exchange.getRequestMethod(),
                            uri.getPath(),
                            String.valueOf(uri.getRawQuery()),
                            String.valueOf(authorization));
            seen.add(request);
            var answer = behaviour.answer(request, () -> forward(exchange, body));
            answer.headers()
                    .forEach((name, values) ->
                            values.forEach(v -> exchange.getResponseHeaders().add(name, v)));
            boolean isEmpty = answer.body().length == 0 || request.method().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), isEmpty ? -1 : answer.body().length);
            if (!isEmpty) {
                exchange.getResponseBody().write(answer.body());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer forward(HttpExchange exchange, byte[] body) {
        var request =
                HttpRequest.newBuilder(URI.create("http://" + upstream + exchange.getRequestURI()))
                        .method(
                                exchange.getRequestMethod(),
                                HttpRequest.BodyPublishers.ofByteArray(body));
        for (var name : List.of("Accept", "Content-Type", "Content-Range")) {
            var value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        try {
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            var headers =
                    answer.headers().map().entrySet().stream()
                            .filter(h -> !OWN.contains(h.getKey()) && !h.getKey().startsWith(":"))
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            return new Answer(answer.statusCode(), headers, answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
        client.shutdownNow();
    }
}
