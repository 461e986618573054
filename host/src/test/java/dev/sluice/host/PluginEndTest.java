package dev.sluice.host;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.sluice.host.testing.Guest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

    private TestGateway startOnOneLoop(String resources) {
        return TestGateway.start(folder.resolve("data"), 1, ROUTES + resources);
    }

    private String next() throws InterruptedException {
        return lines.all.poll(5, TimeUnit.SECONDS);
    }
}
