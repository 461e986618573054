package dev.sluice.host;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.sluice.host.testing.Answer;
import dev.sluice.host.testing.Client;
import dev.sluice.host.testing.Guest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// A guest that does harm does it to itself only.
class HostileGuestTest {
    private static final Duration BUDGET = Duration.ofMillis(50);
    private static final Duration GRACE = Duration.ofMillis(10);

    /// Loops for ever on `/looping`, by the length of `:path`; lets everything else pass.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String LOOPS =
            """
            (import "env" "proxy_get_header_map_value"
              (func $get (param i32 i32 i32 i32 i32) (result i32)))
            (data (i32.const 0) ":path")
            %s
            """
                    .formatted(
                            Guest.onRequestHeaders(
                                    """
                                    (drop (call $get (i32.const 0) (i32.const 0) (i32.const 5)
                                      (i32.const 16) (i32.const 20)))
                                    (if (i32.eq (i32.load (i32.const 20)) (i32.const 8))
                                      (then (loop $ever (br $ever))))
                                    (i32.const 0)
                                    """));

    private static final String TRAPS = Guest.onRequestHeaders("unreachable");

    private static final String ROUTES =
            "routes: { all: { match: { path: { prefix: / } }, respond: { status: 200, body: ok } } }";

    @TempDir Path folder;

    @Test
    void anEndlessLoopIsStoppedWithinItsBudgetAndTheSpareStepsIn() {
        try (var gateway = oneLoop(LOOPS, "")) {
            assertThat(gateway.traffic().get("/fine").status()).isEqualTo(200);
            long before = loopCpu(gateway);
            long begun = System.nanoTime();
            CompletableFuture<Long> other = CompletableFuture.supplyAsync(() -> waited(gateway));
            Answer looped = gateway.traffic().get("/looping");
            Duration wall = Duration.ofNanos(System.nanoTime() - begun);
            Duration cpu = Duration.ofNanos(loopCpu(gateway) - before);
            assertThat(looped.status()).isEqualTo(503);
            assertThat(cpu)
                    .as("CPU of the loop; %d ms passed", wall.toMillis())
                    .isLessThan(BUDGET.plus(GRACE));
            assertThat(Duration.ofNanos(other.join())).isLessThan(wall.plus(BUDGET));
            assertThat(gateway.traffic().get("/fine").status()).isEqualTo(200);
        }
    }

    @Test
    void aTrapEndsTheRequestWithTheClosedPolicy() {
        try (var gateway = oneLoop(TRAPS, "failurePolicy: { onError: closed },")) {
            Answer answer = gateway.traffic().get("/");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).contains("plugin failed");
        }
    }

    @Test
    void aTrapIsPassedOverWithTheOpenPolicy() {
        try (var gateway = oneLoop(TRAPS, "failurePolicy: { onError: open },")) {
            assertThat(gateway.traffic().get("/").body()).isEqualTo("ok");
            assertThat(gateway.traffic().get("/").body()).isEqualTo("ok");
        }
    }

    @Test
    void aGuestThatTrapsEveryTimeLeavesOtherPluginsAlone() {
        Path traps = Guest.write(folder, "traps", TRAPS);
        try (var gateway =
                TestGateway.start(
                        folder.resolve("data"),
                        """
                        modules: { traps: { source: { file: { path: "%s" } } } }
                        plugins: { traps: { module: traps } }
                        routes:
                          bad: { match: { path: { prefix: /bad } }, respond: { status: 200, body: ok } }
                          good: { match: { path: { prefix: / } }, respond: { status: 200, body: ok } }
                        bindings: { bad: { plugin: traps, target: { route: bad } } }
                        """
                                .formatted(traps))) {
            for (int i = 0; i < 50; i++) {
                assertThat(gateway.traffic().get("/bad").status()).isEqualTo(503);
                assertThat(gateway.traffic().get("/good").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aPluginThatFailsEveryTimeIsLeftOut() {
        try (var gateway = oneLoop(TRAPS, "")) {
            for (int i = 0; i < 60; i++) {
                assertThat(gateway.traffic().get("/").status()).isEqualTo(503);
            }
            assertThat(gateway.metric("sluice_plugin_breaker_opened_total")).isPositive();
            assertThat(gateway.metric("sluice_plugin_failures_total")).isBetween(20.0, 30.0);
        }
    }

    @Test
    void faultsInBetweenOpenNothing() {
        try (var gateway = oneLoop(LOOPS.replace("(loop $ever (br $ever))", "unreachable"), "")) {
            for (int lost = 1; lost <= 20; lost++) {
                for (int i = 0; i < 3; i++) {
                    assertThat(gateway.traffic().get("/fine").status()).isEqualTo(200);
                }
                assertThat(gateway.traffic().get("/looping").status()).isEqualTo(503);
                awaitSpare(gateway);
            }
            assertThat(gateway.metric("sluice_plugin_breaker_opened_total")).isZero();
            assertThat(gateway.admin().get("/v1/status").body())
                    .contains("\"breaker\" : \"closed\"")
                    .contains("\"lostVms\" : 20");
        }
    }

    @Test
    void whoeverWastesTheLoopsTimeWaitsForHisNextVm() {
        try (var gateway = oneLoop(LOOPS, "")) {
            long begun = System.nanoTime();
            assertThat(gateway.traffic().get("/fine").status()).isEqualTo(200);
            while (gateway.metric("sluice_plugin_interrupts_total") < 3) {
                gateway.traffic().get("/looping");
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("after the VM and its spare")
                    .isGreaterThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void theSpareOfAVmThatLetNothingPassIsNotSpentAtOnce() {
        try (var gateway = oneLoop(LOOPS, "")) {
            long begun = System.nanoTime();
            assertThat(gateway.traffic().get("/looping").body()).contains("plugin failed");
            assertThat(gateway.traffic().get("/fine").body()).contains("plugin unavailable");
            while (gateway.traffic().get("/fine").status() != 200) {
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isGreaterThan(Duration.ofSeconds(3));
            assertThat(gateway.metric("sluice_guest_vms")).isOne();
        }
    }

    @Test
    void theSpareOfAVmThatLetAStreamPassIsSpentAtOnce() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var gateway = besideLongStreams(silent, LOOPS, "");
                var stream = new Socket()) {
            beginLong(stream, gateway, silent);
            assertThat(gateway.traffic().get("/looping").body()).contains("plugin failed");
            assertThat(gateway.traffic().get("/fine").status()).isEqualTo(200);
        }
    }

    @Test
    void theSpareIsLeftOutWhereThereIsNoRoomForIt() {
        String grows =
                """
                (func (export "proxy_on_configure") (param i32 i32) (result i32)
                  (i32.eq (memory.grow (i32.const 6)) (i32.const 1)))
                """;
        Path guest = Guest.write(folder, "guest", grows);
        try (var gateway =
                TestGateway.start(
                        folder.resolve("data"),
                        2,
                        "guestMemory: 1MiB",
                        ROUTES + "\n" + Guest.bound("guest", guest, ""))) {
            assertThat(gateway.traffic().get("/").status()).isEqualTo(200);
            assertThat(gateway.metric("sluice_guest_vms")).isEqualTo(2);
        }
    }

    @Test
    void aLostVmIsReplacedWithoutWaitingForFetchesThatNobodyAwaits() throws IOException {
        try (var never = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var gateway = fetching(never, "unreachable")) {
            long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            for (int lost = 0; lost < 3; lost++) {
                while (gateway.traffic().get("/").status() != 200) {
                    assertThat(System.nanoTime()).as("a VM is back").isLessThan(deadline);
                }
                assertThat(gateway.traffic().get("/trap").status()).isEqualTo(503);
            }
        }
    }

    @Test
    void aSpareThatIsReadyLateWaitsItsTurnToo() throws IOException {
        try (var never = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var gateway = fetching(never, "(loop $ever (br $ever))")) {
            long begun = System.nanoTime();
            try (var _ = never.accept();
                    var _ = never.accept()) {
                assertThat(gateway.traffic().get("/trap").body()).contains("plugin failed");
            }
            while (gateway.traffic().get("/").status() != 200) {
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isGreaterThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void aStormOfLinesIsCutToSoManyInASecond() {
        String storm =
                """
                (import "env" "proxy_log" (func $log (param i32 i32 i32) (result i32)))
                (data (i32.const 0) "line")
                %s
                """
                        .formatted(
                                Guest.onRequestHeaders(
                                        """
                                        (local $left i32)
                                        (local.set $left (i32.const 50))
                                        (loop $again
                                          (drop (call $log (i32.const 3) (i32.const 0) (i32.const 4)))
                                          (br_if $again
                                            (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
                                        (i32.const 0)
                                        """));
        var lines = new LinkedBlockingQueue<String>();
        var appender = new Lines(lines);
        var logger = (Logger) LoggerFactory.getLogger("plugin.hostile");
        appender.start();
        logger.addAppender(appender);
        try (var gateway = oneLoop(storm, "limits: { logLines: 3 },")) {
            long begun = System.nanoTime();
            int requests = 0;
            while (lines.size() < 7) {
                assertThat(gateway.traffic().get("/").status()).isEqualTo(200);
                requests++;
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("a whole second lies between the third line and the seventh")
                    .isGreaterThan(Duration.ofSeconds(1));
            assertThat(gateway.metric("sluice_plugin_log_dropped_total"))
                    .isEqualTo(50.0 * requests - lines.size());
        } finally {
            logger.detachAppender(appender);
        }
    }

    @Test
    void endlessRecursionIsATrapOfTheGuest() {
        String recursion =
                "(func $deep (param i32) (result i32) (call $deep (local.get 0)) (i32.add (i32.const 1)))"
                        + Guest.onRequestHeaders("(call $deep (i32.const 0))");
        try (var gateway = oneLoop(recursion, "limits: { callbackTime: 2s },")) {
            assertThat(gateway.traffic().get("/").status()).isEqualTo(503);
        }
    }

    @Test
    void memoryEndsAtTheLimit() {
        String grows =
                Guest.onRequestHeaders(
                        """
                        (loop $more
                          (br_if $more (i32.ne (memory.grow (i32.const 16)) (i32.const -1))))
                        (i32.const 0)
                        """);
        try (var gateway = oneLoop(grows, "limits: { memory: 4MiB, callbackTime: 1s },")) {
            assertThat(gateway.traffic().get("/").status()).isEqualTo(200);
            assertThat(gateway.admin().get("/v1/status").body())
                    .containsPattern("\"guestMemoryBytes\" : [34][0-9]{6}\\b");
        }
    }

    @Test
    void growingMemoryPageByPageIsStoppedBeforeAllTheBudgetIsUsed() throws InterruptedException {
        String grows =
                Guest.onRequestHeaders(
                        """
                        (loop $more
                          (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
                        (i32.const 0)
                        """);
        assertThat(loss(grows)).contains("budget: CPU budget used up growing memory beyond");
    }

    /// Finding out where the guest was takes long, and its loop has others to serve.
    @Test
    void aLostVmIsLoggedByTheAdmissionLoop() throws InterruptedException {
        assertThat(loss(TRAPS))
                .startsWith("plugin hostile stopped in proxy_on_request_headers: trap: ")
                .contains(" in function ", ", by sluice-admission");
    }

    /// What is logged when a guest loses its VM, and by which thread.
    private String loss(String guest) throws InterruptedException {
        var lines = new LinkedBlockingQueue<String>();
        var appender = new Lines(lines);
        var logger = (Logger) LoggerFactory.getLogger("dev.sluice.host.plugin.Bundle");
        appender.start();
        logger.addAppender(appender);
        try (var gateway = oneLoop(guest, "")) {
            assertThat(gateway.traffic().get("/").body()).contains("plugin failed");
            return requireNonNull(lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } finally {
            logger.detachAppender(appender);
        }
    }

    @Test
    void guestsThatServeShareWhatMemoryThereIs() {
        String grows =
                Guest.onRequestHeaders(
                        """
                        (loop $more
                          (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
                        (i32.const 0)
                        """);
        Path guest = Guest.write(folder, "guest", grows);
        try (var gateway =
                TestGateway.start(
                        folder.resolve("data"),
                        1,
                        "guestMemory: 1MiB",
                        ROUTES
                                + "\n"
                                + Guest.bound("guest", guest, "limits: { callbackTime: 1s },"))) {
            assertThat(gateway.traffic().get("/").status()).isEqualTo(200);
            assertThat(gateway.metric("sluice_guest_memory_bytes")).isEqualTo(1 << 20);
        }
    }

    @Test
    void aResponseThatHasBegunIsBrokenOffWhenItsPluginFails() {
        String trapsOnBody =
                "(func (export \"proxy_on_response_body\") (param i32 i32 i32) (result i32)"
                        + " unreachable)";
        try (var gateway = oneLoop(trapsOnBody, "")) {
            assertThatThrownBy(() -> gateway.traffic().get("/"))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(gateway.traffic().send("HEAD", "/", "").status()).isEqualTo(200);
        }
    }

    @Test
    void hostCallsAreCounted() {
        String storm =
                """
                (import "env" "proxy_get_current_time_nanoseconds" (func $time (param i32) (result i32)))
                %s
                """
                        .formatted(
                                Guest.onRequestHeaders(
                                        """
                                        (loop $ever (drop (call $time (i32.const 64))) (br $ever))
                                        (i32.const 0)
                                        """));
        try (var gateway = oneLoop(storm, "limits: { hostCalls: 100, callbackTime: 5s },")) {
            assertThat(gateway.traffic().get("/").status()).isEqualTo(503);
        }
    }

    /// A plugin is told by shared data that a VM was there before it.
    @Test
    void aVmThatCannotBeReplacedIsToldOf() throws InterruptedException {
        String refusesAgain =
                """
                (import "env" "proxy_get_shared_data"
                  (func $get (param i32 i32 i32 i32 i32) (result i32)))
                (import "env" "proxy_set_shared_data"
                  (func $set (param i32 i32 i32 i32 i32) (result i32)))
                (data (i32.const 0) "k")
                (func (export "proxy_on_configure") (param i32 i32) (result i32)
                  (call $get (i32.const 0) (i32.const 1) (i32.const 16) (i32.const 20) (i32.const 24)))
                %s
                """
                        .formatted(
                                Guest.onRequestHeaders(
                                        """
                                        (drop (call $set (i32.const 0) (i32.const 1)
                                          (i32.const 0) (i32.const 1) (i32.const 0)))
                                        unreachable
                                        """));
        var lines = new LinkedBlockingQueue<String>();
        var appender = new Lines(lines);
        var logger = (Logger) LoggerFactory.getLogger("dev.sluice.host.plugin.Refill");
        appender.start();
        logger.addAppender(appender);
        try (var gateway = oneLoop(refusesAgain, "")) {
            assertThat(gateway.traffic().get("/").status()).isEqualTo(503);

            assertThat(lines.poll(5, TimeUnit.SECONDS))
                    .startsWith("plugin hostile gets no new VM; tried again in 100 ms: ")
                    .contains("proxy_on_configure answered false");
        } finally {
            logger.detachAppender(appender);
        }
    }

    /// What is logged.
    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final BlockingQueue<String> all;

        Lines(BlockingQueue<String> all) {
            this.all = all;
        }

        @Override
        protected void append(ILoggingEvent event) {
            all.add(event.getFormattedMessage() + ", by " + Thread.currentThread().getName());
        }
    }

    @Test
    void aDeadVmIsGoneThoughItsStreamsGoOn() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var gateway =
                        besideLongStreams(
                                silent,
                                LOOPS.replace("(loop $ever (br $ever))", "unreachable"),
                                "failurePolicy: { onError: open },");
                var stream = new Socket()) {
            beginLong(stream, gateway, silent);
            assertThat(gateway.traffic().get("/looping").status()).isEqualTo(200);

            long until = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            while (System.nanoTime() < until) {
                assertThat(gateway.metric("sluice_guest_vms")).isLessThanOrEqualTo(2);
            }
            assertThat(gateway.metric("sluice_plugin_failures_total")).isOne();
            awaitSpare(gateway);
            assertThat(gateway.metric("sluice_guest_memory_bytes")).isEqualTo(2 << 16);
        }
    }

    /// A request that has passed the plugin and waits for its upstream.
    private static void beginLong(Socket stream, TestGateway gateway, ServerSocket silent)
            throws IOException {
        stream.connect(gateway.gateway().address("http"));
        stream.getOutputStream().write("GET /long HTTP/1.1\r\nhost: a\r\n\r\n".getBytes(US_ASCII));
        silent.accept();
    }

    private TestGateway besideLongStreams(ServerSocket silent, String guest, String options) {
        return TestGateway.start(
                folder.resolve("data"),
                1,
                """
                upstreams: { silent: { endpoints: ["127.0.0.1:%d"] } }
                routes:
                  long: { match: { path: { prefix: /long } }, upstream: silent }
                  all: { match: { path: { prefix: / } }, respond: { status: 200 } }
                %s
                """
                        .formatted(
                                silent.getLocalPort(),
                                Guest.bound(
                                        "hostile",
                                        Guest.write(folder, "hostile", guest),
                                        options)));
    }

    private static void awaitSpare(TestGateway gateway) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (gateway.metric("sluice_guest_vms") < 2) {
            assertThat(System.nanoTime()).as("a spare is back").isLessThan(deadline);
        }
    }

    /// How long a request takes that has nothing to do with the hostile plugin's loop.
    private static long waited(TestGateway gateway) {
        long begun = System.nanoTime();
        try (var client = new Client(gateway.gateway().address("http"))) {
            assertThat(client.get("/fine").status()).isEqualTo(200);
        }
        return System.nanoTime() - begun;
    }

    /// A plugin that begins a fetch from `upstream` when it is configured, which nobody waits for,
    /// and does `harm` on `/trap`.
    private TestGateway fetching(ServerSocket upstream, String harm) {
        String fetches =
                """
                (import "env" "proxy_http_call"
                  (func $call (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
                (import "env" "proxy_get_header_map_value"
                  (func $get (param i32 i32 i32 i32 i32) (result i32)))
                (data (i32.const 0) ":path")
                (data (i32.const 40) "never")
                (data (i32.const 100)
                  "\\03\\00\\00\\00\\07\\00\\00\\00\\03\\00\\00\\00\\05\\00\\00\\00\\01\\00\\00\\00"
                  "\\0a\\00\\00\\00\\01\\00\\00\\00:method\\00GET\\00:path\\00/\\00:authority\\00a\\00")
                (func (export "proxy_on_configure") (param i32 i32) (result i32)
                  (i32.eqz (call $call (i32.const 40) (i32.const 5) (i32.const 100) (i32.const 61)
                    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
                    (i32.const 60000) (i32.const 64))))
                %s
                """
                        .formatted(
                                Guest.onRequestHeaders(
                                        """
                                        (drop (call $get (i32.const 0) (i32.const 0) (i32.const 5)
                                          (i32.const 16) (i32.const 20)))
                                        (if (i32.eq (i32.load (i32.const 20)) (i32.const 5))
                                          (then %s))
                                        (i32.const 0)
                                        """
                                                .formatted(harm)));
        return oneLoop(
                "upstreams: { never: { endpoints: [\"127.0.0.1:%d\"] } }"
                        .formatted(upstream.getLocalPort()),
                fetches,
                "admission: { await: none },");
    }

    private TestGateway oneLoop(String fields, String options) {
        return oneLoop("", fields, options);
    }

    private TestGateway oneLoop(String resources, String fields, String options) {
        return TestGateway.start(
                folder.resolve("data"),
                1,
                ROUTES
                        + "\n"
                        + resources
                        + "\n"
                        + Guest.bound("hostile", Guest.write(folder, "hostile", fields), options));
    }

    private static long loopCpu(TestGateway gateway) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long id = gateway.loops().serving().getFirst().guestSlot().thread().threadId();
        return threads.getThreadCpuTime(id);
    }
}
