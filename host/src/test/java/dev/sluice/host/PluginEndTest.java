package dev.sluice.host;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.sluice.host.testing.Guest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// How a plugin ends that no config names any more.
class PluginEndTest {
    private static final String ROUTES =
            "routes: { all: { match: { path: { prefix: / } }, respond: { status: 200 } } }\n";

    /// Wants to be asked again when it is told to end, and is done at the next tick.
    private static final String PARKED =
            """
            (import "env" "proxy_set_tick_period_milliseconds" (func $tick (param i32) (result i32)))
            (import "env" "proxy_done" (func $done (result i32)))
            (import "env" "proxy_log" (func $log (param i32 i32 i32) (result i32)))
            (data (i32.const 0) "told,done,deleted")
            (global $ending (mut i32) (i32.const 0))
            (func (export "proxy_on_configure") (param i32 i32) (result i32)
              (drop (call $tick (i32.const 5)))
              (i32.const 1))
            (func (export "proxy_on_done") (param i32) (result i32)
              (global.set $ending (i32.const 1))
              (drop (call $log (i32.const 2) (i32.const 0) (i32.const 4)))
              (i32.const 0))
            (func (export "proxy_on_tick") (param i32)
              (if (global.get $ending)
                (then
                  (global.set $ending (i32.const 0))
                  (drop (call $log (i32.const 2) (i32.const 5) (i32.const 4)))
                  (drop (call $done)))))
            (func (export "proxy_on_delete") (param i32)
              (drop (call $log (i32.const 2) (i32.const 10) (i32.const 7))))
            """;

    /// Makes a call in configure that has no time limit.
    private static final String CALLS =
            """
            (import "env" "proxy_http_call"
              (func $call (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
            (data (i32.const 40) "never")
            (data (i32.const 100)
              "\\03\\00\\00\\00\\07\\00\\00\\00\\03\\00\\00\\00\\05\\00\\00\\00\\01\\00\\00\\00"
              "\\0a\\00\\00\\00\\01\\00\\00\\00:method\\00GET\\00:path\\00/\\00:authority\\00a\\00")
            (func (export "proxy_on_configure") (param i32 i32) (result i32)
              (i32.eqz (call $call (i32.const 40) (i32.const 5) (i32.const 100) (i32.const 61)
                (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
                (i32.const 0) (i32.const 64))))
            """;

    private static final String NOBODY_WAITS = "admission: { await: none },";

    private static final String REFUSES =
            "(func (export \"proxy_on_configure\") (param i32 i32) (result i32) (i32.const 0))";

    @TempDir Path folder;

    private final Lines lines = new Lines();
    private final Logger logger = (Logger) LoggerFactory.getLogger("plugin.parked");

    /// What the plugin logs.
    private static final class Lines extends AppenderBase<ILoggingEvent> {
        final LinkedBlockingQueue<String> all = new LinkedBlockingQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            all.add(event.getMessage());
        }
    }

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    @Test
    void aPluginThatAsksForTimeIsDeletedOnceItIsDone() throws InterruptedException {
        String bound = Guest.bound("parked", Guest.write(folder, "parked", PARKED), "");
        try (var gateway = startOnOneLoop(bound)) {
            gateway.apply("bindings: { parked: null }");

            // One of the two VMs is the spare, which never served and is not waited for.
            long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (gateway.metric("sluice_guest_vms") > 0) {
                assertThat(System.nanoTime()).as("the VM is closed").isLessThan(deadline);
            }
            assertThat(next()).isEqualTo("told");
            assertThat(lines.all).contains("done", "deleted");
        }
    }

    @Test
    void aDraftIsThrownAwayWhateverItsPluginsWaitFor()
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (var never = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var gateway = startOnOneLoop(upstream(never))) {
            String change =
                    """
                    modules:
                      calls: { source: { file: { path: "%s" } } }
                      refuses: { source: { file: { path: "%s" } } }
                    plugins:
                      calls: { module: calls, %s }
                      refuses: { module: refuses }
                    bindings:
                      calls: { plugin: calls, target: { global: true } }
                      refuses: { plugin: refuses, target: { global: true } }
                    """
                            .formatted(
                                    Guest.write(folder, "calls", CALLS),
                                    Guest.write(folder, "refuses", REFUSES),
                                    NOBODY_WAITS);

            var answer = CompletableFuture.supplyAsync(() -> gateway.patch(change));

            assertThat(answer.get(5, TimeUnit.SECONDS).status()).isEqualTo(424);
            assertThat(gateway.metric("sluice_guest_vms")).isZero();
        }
    }

    @Test
    void aPluginWhoseCallNeverEndsIsGivenUpAfterTenSeconds() throws IOException {
        String bound = Guest.bound("calls", Guest.write(folder, "calls", CALLS), NOBODY_WAITS);
        try (var never = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var gateway = startOnOneLoop(upstream(never) + bound)) {
            assertThat(gateway.metric("sluice_guest_vms")).isEqualTo(2);
            gateway.apply("bindings: { calls: null }");

            long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
            while (gateway.metric("sluice_guest_vms") > 0) {
                assertThat(System.nanoTime()).as("the VM is closed").isLessThan(deadline);
            }
        }
    }

    private static String upstream(ServerSocket never) {
        return "upstreams: { never: { endpoints: [\"127.0.0.1:%d\"] } }\n"
                .formatted(never.getLocalPort());
    }

    private TestGateway startOnOneLoop(String resources) {
        return TestGateway.start(folder.resolve("data"), 1, ROUTES + resources);
    }

    private String next() throws InterruptedException {
        return lines.all.poll(5, TimeUnit.SECONDS);
    }
}
