package dev.sluice.host;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.host.testing.Client;
import dev.sluice.host.testing.Guest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When a loop that lost its VM gets the next one.
class LostVmTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(3);

    /// A VM with 10 ms for a callback that served for so long was worth that it looped.
    private static final Duration WORTH = Duration.ofMillis(1100);

    /// What [#HARM] imports.
    private static final String IMPORTS =
            """
            (import "env" "proxy_get_header_map_value"
              (func $get (param i32 i32 i32 i32 i32) (result i32)))
            (import "env" "proxy_http_call"
              (func $call (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
            (data (i32.const 0) ":path")
            """;

    /// Loops for ever on `/looping`, traps on `/trap` and holds the headers of `/holds`, by the
    /// length of `:path`.
    private static final String HARM =
            Guest.onRequestHeaders(
                    """
                    (drop (call $get (i32.const 0) (i32.const 0) (i32.const 5)
                      (i32.const 16) (i32.const 20)))
                    (if (i32.eq (i32.load (i32.const 20)) (i32.const 8))
                      (then (loop $ever (br $ever))))
                    (if (i32.eq (i32.load (i32.const 20)) (i32.const 5))
                      (then unreachable))
                    (i32.eq (i32.load (i32.const 20)) (i32.const 6))
                    """);

    /// Fetches something when it is configured, and traps when the answer has many fields.
    private static final String FETCHES =
            """
            (data (i32.const 40) "slow")
            (data (i32.const 100)
              "\\03\\00\\00\\00\\07\\00\\00\\00\\03\\00\\00\\00\\05\\00\\00\\00\\01\\00\\00\\00"
              "\\0a\\00\\00\\00\\01\\00\\00\\00:method\\00GET\\00:path\\00/\\00:authority\\00a\\00")
            (func (export "proxy_on_configure") (param i32 i32) (result i32)
              (i32.eqz (call $call (i32.const 40) (i32.const 4) (i32.const 100) (i32.const 61)
                (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
                (i32.const 60000) (i32.const 64))))
            (func (export "proxy_on_http_call_response") (param i32 i32) (param $fields i32) (param i32 i32)
              (if (i32.gt_u (local.get $fields) (i32.const 4)) (then unreachable)))
            """;

    /// Holds a body until it is whole, and traps on one of 100,000 bytes.
    private static final String TAKES_BODIES =
            """
            (func (export "proxy_on_request_body") (param i32) (param $size i32) (param $last i32) (result i32)
              (if (i32.and (local.get $last) (i32.eq (local.get $size) (i32.const 100000)))
                (then unreachable))
              (i32.eqz (local.get $last)))
            """;

    /// An answer that [#FETCHES] traps on.
    private static final String TRAPPING = "a: 1\r\nb: 2\r\nc: 3\r\nd: 4\r\ne: 5\r\n";

    /// Its ticks trap from its first request on, in every VM.
    private static final String TICKS =
            """
            (import "env" "proxy_set_tick_period_milliseconds" (func $tick (param i32) (result i32)))
            (import "env" "proxy_get_shared_data"
              (func $get (param i32 i32 i32 i32 i32) (result i32)))
            (import "env" "proxy_set_shared_data"
              (func $set (param i32 i32 i32 i32 i32) (result i32)))
            (data (i32.const 0) "k")
            (func (export "proxy_on_configure") (param i32 i32) (result i32)
              (i32.eqz (call $tick (i32.const 10))))
            (func (export "proxy_on_tick") (param i32)
              (if (i32.eqz (call $get (i32.const 0) (i32.const 1) (i32.const 16) (i32.const 20) (i32.const 24)))
                (then unreachable)))
            """
                    + Guest.onRequestHeaders(
                            "(call $set (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 0))");

    @TempDir Path folder;

    @Test
    void aLoopWhoseVmTrappedDoesNotWaitForOneWhoseVmLooped() {
        try (var gateway = start(2, "", IMPORTS + HARM);
                var looping = new Client(gateway.gateway().address("http"))) {
            assertThat(looping.get("/looping").body()).contains("plugin failed");
            Client trapping = onTheOtherLoop(gateway);
            for (int lost = 0; lost < 2; lost++) {
                assertThat(trapping.get("/trap").body()).contains("plugin failed");
                awaitVm(trapping);
            }
            trapping.close();
            assertThat(looping.get("/").body()).contains("plugin unavailable");
        }
    }

    @Test
    void aLoopWhoseVmServedWellDoesNotEndThePausesOfAnother() {
        try (var gateway = start(2, "", IMPORTS + HARM, "limits: { callbackTime: 10ms }");
                var looping = new Client(gateway.gateway().address("http"))) {
            assertThat(looping.get("/looping").body()).contains("plugin failed");
            try (Client serving = onTheOtherLoop(gateway)) {
                answersFor(WORTH, serving, 200);
                assertThat(serving.get("/looping").body()).contains("plugin failed");
                awaitVm(looping);
                assertThat(looping.get("/looping").body()).contains("plugin failed");
                answersFor(PAUSE.plusSeconds(1), looping, 503);
            }
        }
    }

    @Test
    void aVmThatCannotBeBuiltDoesNotEndThePauseOfALoop() throws IOException, InterruptedException {
        try (var upstream = new Fetched(3);
                var gateway = start(1, upstream.resource(), IMPORTS + FETCHES + HARM)) {
            Socket next = nextIsHeld(gateway, upstream);
            assertThat(gateway.traffic().get("/").status()).isEqualTo(200);
            assertThat(gateway.traffic().get("/looping").body()).contains("plugin failed");
            Fetched.answer(next, TRAPPING);
            assertThat(awaitVm(gateway.traffic())).isGreaterThan(PAUSE.minusMillis(100));
        }
    }

    @Test
    void aRequestThatComesBeforeTheNextVmWaitsForItAndMeetsIt()
            throws IOException, InterruptedException {
        try (var upstream = new Fetched(3);
                var gateway =
                        start(
                                1,
                                upstream.resource(),
                                IMPORTS + FETCHES + HARM + TAKES_BODIES,
                                "profile: higress")) {
            Socket next = nextIsHeld(gateway, upstream);
            assertThat(gateway.traffic().get("/trap").body()).contains("plugin failed");
            var answer =
                    CompletableFuture.supplyAsync(
                            () -> gateway.traffic().send("POST", "/holds", "x".repeat(100_000)));
            while (gateway.metric("sluice_requests_active") < 1 && !answer.isDone()) {
                Thread.onSpinWait();
            }
            Fetched.answer(next, "");
            assertThat(answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join().body())
                    .as("headers and body reach the plugin")
                    .contains("plugin failed");
        }
    }

    @Test
    void aRequestDoesNotWaitLongForAVm() throws IOException, InterruptedException {
        try (var upstream = new Fetched(3);
                var gateway = start(1, upstream.resource(), IMPORTS + FETCHES + HARM)) {
            try (Socket next = nextIsHeld(gateway, upstream)) {
                assertThat(gateway.traffic().get("/trap").body()).contains("plugin failed");
                assertThat(gateway.traffic().get("/").body()).contains("plugin unavailable");
                next.setSoTimeout(1);
                assertThatThrownBy(() -> next.getInputStream().read())
                        .as("the VM is still being built")
                        .isInstanceOf(SocketTimeoutException.class);
            }
        }
    }

    @Test
    void aRequestDoesNotWaitForAVmThatIsBuiltAfterAPause()
            throws IOException, InterruptedException {
        try (var upstream = new Fetched(4);
                var gateway = start(2, upstream.resource(), IMPORTS + FETCHES + HARM);
                var first = new Client(gateway.gateway().address("http"))) {
            assertThat(first.get("/").status()).isEqualTo(200);
            assertThat(first.get("/trap").body()).contains("plugin failed");
            upstream.answerAll(TRAPPING);
            Fetched.answer(upstream.held(), TRAPPING);
            assertThat(first.get("/trap").body()).contains("plugin failed");
            upstream.awaitFetches(7);
            try (Client other = onTheOtherLoop(gateway)) {
                assertThat(other.get("/trap").body()).contains("plugin failed");
                long begun = System.nanoTime();
                assertThat(other.get("/").body()).contains("plugin unavailable");
                assertThat(since(begun)).isLessThan(Duration.ofSeconds(1));
            }
        }
    }

    @Test
    void aVmThatIsLostBeforeAnythingEnteredItIsReplacedLaterAndLater() {
        try (var gateway = start(1, "", TICKS)) {
            assertThat(awaitLosses(gateway, 5))
                    .as("a VM and two spares, one after 0.1 s, and one after 1 s more")
                    .isGreaterThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void vmsThatAreLostTogetherBeforeAnythingEnteredThemCostOnePause() {
        try (var gateway = start(3, "", TICKS)) {
            assertThat(awaitLosses(gateway, 7))
                    .as("those of three loops and two spares, then some after 0.1 and 1 s")
                    .isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void aCallbackThatTheGuestLacksSaysNothingGoodOfTheSpare() {
        String loops =
                "(func (export \"proxy_on_response_headers\") (param i32 i32 i32) (result i32)"
                        + " (loop $ever (br $ever)) unreachable)";
        try (var gateway = start(1, "", loops)) {
            assertThat(gateway.traffic().get("/").status()).isEqualTo(503);
            assertThat(gateway.traffic().get("/").body()).contains("plugin unavailable");
        }
    }

    /// @return how long after a request so many VMs were lost
    private static Duration awaitLosses(TestGateway gateway, int losses) {
        long begun = System.nanoTime();
        assertThat(gateway.traffic().get("/").status()).isEqualTo(200);
        while (gateway.metric("sluice_plugin_failures_total") < losses) {
            assertThat(since(begun)).isLessThan(PATIENCE);
        }
        return since(begun);
    }

    /// Brings the spare into use, so that the next VM waits for what it fetches.
    ///
    /// @return the connection it waits on
    private static Socket nextIsHeld(TestGateway gateway, Fetched upstream)
            throws InterruptedException {
        awaitVm(gateway.traffic());
        assertThat(gateway.traffic().get("/trap").body()).contains("plugin failed");
        return upstream.held();
    }

    /// A client whose requests pass.
    private static Client onTheOtherLoop(TestGateway gateway) {
        for (int i = 0; i < 50; i++) {
            var client = new Client(gateway.gateway().address("http"));
            if (client.get("/").status() == 200) {
                return client;
            }
            client.close();
        }
        throw new AssertionError("all connections are on one loop");
    }

    private static void answersFor(Duration time, Client client, int status) {
        long begun = System.nanoTime();
        while (since(begun).compareTo(time) < 0) {
            assertThat(client.get("/").status()).isEqualTo(status);
        }
    }

    /// @return how long it took
    private static Duration awaitVm(Client client) {
        long begun = System.nanoTime();
        while (client.get("/").status() != 200) {
            assertThat(since(begun)).as("a VM is back").isLessThan(PATIENCE);
        }
        return since(begun);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private TestGateway start(int loops, String resources, String guest) {
        return start(loops, resources, guest, "");
    }

    private TestGateway start(int loops, String resources, String guest, String plugin) {
        return TestGateway.start(
                folder.resolve("data"),
                loops,
                """
                routes: { all: { match: { path: { prefix: / } }, respond: { status: 200 } } }
                %s
                %s
                """
                        .formatted(
                                resources,
                                Guest.bound(
                                        "hostile", Guest.write(folder, "hostile", guest), plugin)));
    }

    /// A server that answers every request but one, whose connection it hands out.
    private static final class Fetched implements AutoCloseable {
        private final int kept;
        private final ServerSocket socket =
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final BlockingQueue<Socket> held = new LinkedBlockingQueue<>();
        private volatile String fields = "";
        private volatile int fetches;
        private final Thread thread = Thread.ofPlatform().unstarted(this::serve);

        /// @param kept the number of the request that is not answered, from 1
        Fetched(int kept) throws IOException {
            this.kept = kept;
            thread.start();
        }

        String resource() {
            return "upstreams: { slow: { endpoints: [\"127.0.0.1:%d\"] } }"
                    .formatted(socket.getLocalPort());
        }

        /// Answers with these fields from now on.
        void answerAll(String next) {
            fields = next;
        }

        void awaitFetches(int many) {
            long begun = System.nanoTime();
            while (fetches < many) {
                assertThat(since(begun)).as("%d fetches", fetches).isLessThan(PATIENCE);
            }
        }

        /// The connection that is not answered.
        Socket held() throws InterruptedException {
            Socket one = held.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(one).isNotNull();
            return one;
        }

        private void serve() {
            try {
                for (int i = 1; ; i++) {
                    Socket client = socket.accept();
                    client.getInputStream().read(new byte[4096]);
                    if (i == kept) {
                        held.add(client);
                    } else {
                        answer(client, fields);
                    }
                    fetches = i;
                }
            } catch (SocketException _) {
                // the end
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void answer(Socket client, String fields) throws IOException {
            String head = "HTTP/1.1 204 No Content\r\nconnection: close\r\n" + fields + "\r\n";
            try (client) {
                client.getOutputStream().write(head.getBytes(US_ASCII));
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
