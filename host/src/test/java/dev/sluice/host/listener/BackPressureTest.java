package dev.sluice.host.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who is slow slows the other side down; nothing gathers in between.
class BackPressureTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final int SIZE = 64 << 20;
    private static final int BLOCK = 64 << 10;

    /// More than the gateway and the system's buffers hold on the way.
    private static final long MOST_ON_THE_WAY = 24 << 20;

    @TempDir private Path directory;

    @Test
    void aSlowClientStallsTheUpstream() throws IOException {
        try (var gateway = GatewayUnderTest.start(directory)) {
            Peer client = gateway.narrowClient().send(GET);
            Peer upstream = gateway.upstream().accept();
            upstream.readHead();
            upstream.send("HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n");
            var sent = new AtomicLong();

            var sending = sendAll(upstream, sent);
            client.readHead();
            awaitStall(sending, sent);

            assertThat(sent.get()).isLessThan(MOST_ON_THE_WAY);
            for (int i = 0; i < SIZE / BLOCK; i++) {
                client.read(BLOCK);
            }
            assertThat(sending).succeedsWithin(Duration.ofSeconds(5));
            client.send(GET);
            assertThat(upstream.readHead()).startsWith("GET / ");
        }
    }

    @Test
    void aSlowUpstreamStallsTheClient() throws IOException {
        try (var gateway = GatewayUnderTest.setup().receiveBuffer(4096).start(directory)) {
            Peer client =
                    gateway.client()
                            .send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + SIZE)
                            .send("\r\n\r\n");
            Peer upstream = gateway.upstream().accept();
            upstream.readHead();
            var sent = new AtomicLong();

            var sending = sendAll(client, sent);
            awaitStall(sending, sent);

            assertThat(sent.get()).isLessThan(MOST_ON_THE_WAY);
            for (int i = 0; i < SIZE / BLOCK; i++) {
                upstream.read(BLOCK);
            }
            assertThat(sending).succeedsWithin(Duration.ofSeconds(5));
            upstream.send("HTTP/1.1 204 No Content\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 204 ");
        }
    }

    @Test
    void pipelinedRequestsWaitUnread() throws IOException {
        try (var gateway = GatewayUnderTest.start(directory)) {
            Peer client = gateway.client().send(GET);
            Peer upstream = gateway.upstream().accept();
            upstream.readHead();
            var sent = new AtomicLong();

            var sending = sendAll(client, sent);
            awaitStall(sending, sent);

            assertThat(sent.get()).isLessThan(MOST_ON_THE_WAY);
            client.close();
            assertThat(sending).failsWithin(Duration.ofSeconds(5));
        }
    }

    private static CompletableFuture<Void> sendAll(Peer peer, AtomicLong sent) {
        return CompletableFuture.runAsync(
                () -> {
                    byte[] block = new byte[BLOCK];
                    try {
                        for (int i = 0; i < SIZE / BLOCK; i++) {
                            peer.send(block);
                            sent.addAndGet(BLOCK);
                        }
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    /// Waits until nothing more was sent for a while.
    private static void awaitStall(CompletableFuture<Void> sending, AtomicLong sent) {
        long before = -1;
        while (sent.get() != before) {
            before = sent.get();
            sending.copy().orTimeout(300, TimeUnit.MILLISECONDS).exceptionally(_ -> null).join();
        }
        assertThat(sending).isNotDone();
    }
}
