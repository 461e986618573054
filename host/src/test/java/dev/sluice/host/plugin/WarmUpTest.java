package dev.sluice.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.Profile;
import dev.sluice.abi.VmLimits;
import dev.sluice.abi.spi.Clock;
import dev.sluice.abi.testing.Wat;
import dev.sluice.abi.vm.PluginModule;
import dev.sluice.host.loop.Loop;
import dev.sluice.host.loop.Loops;
import dev.sluice.host.loop.Transport;
import dev.sluice.host.shared.SharedStore;
import dev.sluice.host.upstream.Clusters;
import dev.sluice.oci.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Code that meets made-up requests before real ones.
class WarmUpTest {
    private static final String GUEST =
            """
            (import "env" "proxy_get_current_time_nanoseconds" (func $now (param i32) (result i32)))
            (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
              (drop (call $now (i32.const 64)))
              %s)
            (func (export "proxy_on_response_body") (param i32 i32 i32) (result i32)
              (i32.const 0))
            """;

    private final AtomicInteger asked = new AtomicInteger();
    private final Queue<Thread> askers = new ConcurrentLinkedQueue<>();
    private final Loops loops = new Loops(Transport.NIO, 1, 0);
    private final Watchdog watchdog =
            new Watchdog(loops.all().stream().map(Loop::guestSlot).toList());
    private final GuestMemoryUse memory = new GuestMemoryUse(1 << 20);
    private final Admission admission =
            new Admission(loops, watchdog, new CountingClock(), new SharedStore(), memory);

    private final class CountingClock implements Clock {
        @Override
        public long unixNanos() {
            askers.add(Thread.currentThread());
            return asked.incrementAndGet();
        }

        @Override
        public long monotonicNanos() {
            return asked.incrementAndGet();
        }

        @Override
        public long cpuNanos() {
            return 0;
        }
    }

    @AfterEach
    void close() {
        watchdog.close();
        loops.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(i32.const 0)",
                "unreachable",
                "(loop $ever (br $ever)) (i32.const 0)",
                "(loop $more (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))"
                        + " (i32.const 0)"
            })
    void codeRunsAndWhatItDoesHarmsNothing(String body)
            throws ExecutionException, InterruptedException, TimeoutException {
        Bundle bundle = admit(body);
        long held = memory.total();

        admission.warmUp(bundle);

        assertThat(asked).hasPositiveValue();
        assertThat(bundle.lostMachines()).isZero();
        assertThat(memory.total()).isEqualTo(held);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(each -> each.getName().startsWith("sluice-warm-up"));
        end(bundle);
    }

    @Test
    void theJvmSeesTheLoopsKindOfThreadAndTooLittleToCompileForGood()
            throws ExecutionException, InterruptedException, TimeoutException {
        Bundle bundle = admit("(i32.const 0)");

        admission.warmUp(bundle);

        assertThat(askers)
                .hasSizeBetween(200, 5_000)
                .hasOnlyElementsOfType(loops.serving().getFirst().guestSlot().thread().getClass());
        end(bundle);
    }

    private Bundle admit(String body)
            throws ExecutionException, InterruptedException, TimeoutException {
        PluginModule module =
                Wat.load("guest", Wat.assemble(Wat.minimal(GUEST.replace("%s", body))));
        var spec =
                new BundleSpec(
                        "",
                        Digest.of(new byte[0]),
                        Profile.AUTO,
                        VmLimits.defaults(),
                        Map.of(),
                        new Bytes(new byte[0]),
                        List.of(new PluginSpec("guest", "", new Bytes(new byte[0]), 10)));
        var wait = new Admission.Wait(false, Duration.ZERO);
        Bundle bundle =
                admission.admit(spec, module, Clusters.none(), wait).get(30, TimeUnit.SECONDS);
        asked.set(0);
        askers.clear();
        return bundle;
    }

    private static void end(Bundle bundle)
            throws ExecutionException, InterruptedException, TimeoutException {
        bundle.discard();
        bundle.closed().get(30, TimeUnit.SECONDS);
    }
}
