package dev.sluice.registry.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Single exchanges on the JDK's HTTP client: follows nothing, authenticates nothing, and is
/// closed.
///
/// Thread: any; blocks, and ends early when the calling thread is interrupted.
public final class JdkTransport implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration connectTimeout;
    private final ReentrantLock lock = new ReentrantLock();

    /// Made for the first request, since it reads all certificates of the JDK.
    private @Nullable HttpClient client;

    private boolean closed;

    /// A transport that gives up connecting after `connectTimeout`.
    public JdkTransport(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    /// Sends `request` and returns the answer, whatever its status.
    ///
    /// @param authorization value of the `Authorization` field, or null for none
    public Response send(Request request, @Nullable String authorization)
            throws IOException, InterruptedException {
        var content = request.body();
        var builder =
                HttpRequest.newBuilder(request.uri())
                        .version(
                                request.uri().getScheme().equals("https")
                                        ? HttpClient.Version.HTTP_2
                                        : HttpClient.Version.HTTP_1_1)
                        .method(
                                request.method(),
                                content == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(content));
        request.headers().forEach(builder::header);
        if (authorization != null) {
            builder.header("Authorization", authorization);
        }
        var answer = answer(builder.build());
        var fields = new TreeMap<String, List<String>>();
        answer.headers().map().forEach((k, v) -> fields.put(k.toLowerCase(Locale.ROOT), v));
        InputStream body = answer.body();
        return new Response(answer.statusCode(), fields, body);
    }

    private HttpResponse<InputStream> answer(HttpRequest request)
            throws IOException, InterruptedException {
        try {
            return client().send(request, BodyHandlers.ofInputStream());
        } catch (IllegalArgumentException e) {
            throw new IOException("the address cannot be used", e);
        }
    }

    private HttpClient client() throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("closed");
            }
            HttpClient present = client;
            if (present == null) {
                present =
                        HttpClient.newBuilder()
                                .connectTimeout(connectTimeout)
                                .followRedirects(HttpClient.Redirect.NEVER)
                                .executor(executor)
                                .build();
                client = present;
            }
            return present;
        } finally {
            lock.unlock();
        }
    }

    /// Ends what is under way and returns when no thread is left.
    @Override
    public void close() {
        HttpClient last = last();
        if (last != null) {
            last.shutdownNow();
            try {
                boolean _ = last.awaitTermination(CLOSE_LIMIT);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        executor.shutdownNow();
    }

    /// The client, if there ever was one; there will be none.
    private @Nullable HttpClient last() {
        lock.lock();
        try {
            closed = true;
            return client;
        } finally {
            lock.unlock();
        }
    }
}
