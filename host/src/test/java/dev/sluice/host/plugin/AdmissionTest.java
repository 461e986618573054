package dev.sluice.host.plugin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.abi.GuestFailure;
import dev.sluice.abi.Profile;
import dev.sluice.abi.VmLimits;
import dev.sluice.abi.spi.Clock;
import dev.sluice.abi.testing.Wat;
import dev.sluice.abi.vm.PluginModule;
import dev.sluice.host.config.Balance;
import dev.sluice.host.loop.Loop;
import dev.sluice.host.loop.Loops;
import dev.sluice.host.loop.Transport;
import dev.sluice.host.shared.SharedStore;
import dev.sluice.host.upstream.Cluster;
import dev.sluice.host.upstream.ClusterSpec;
import dev.sluice.host.upstream.Clusters;
import dev.sluice.host.upstream.Endpoint;
import dev.sluice.oci.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bundles on their way in and out, on one serving loop.
class AdmissionTest {
    private static final int PATIENCE_SECONDS = 30;

    /// Calls the upstream "keys" while it is configured.
    private static final String FETCHES =
            """
            (import "env" "proxy_http_call"
              (func $call (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
            (data (i32.const 40) "keys")
            (data (i32.const 100)
              "\\03\\00\\00\\00\\07\\00\\00\\00\\03\\00\\00\\00\\05\\00\\00\\00\\01\\00\\00\\00"
              "\\0a\\00\\00\\00\\01\\00\\00\\00:method\\00GET\\00:path\\00/\\00:authority\\00a\\00")
            (func (export "proxy_on_configure") (param i32 i32) (result i32)
              (i32.eqz (call $call (i32.const 40) (i32.const 4) (i32.const 100) (i32.const 61)
                (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
                (i32.const 60000) (i32.const 64))))
            """;

    private static final PluginModule MODULE =
            Wat.load("fetches", Wat.assemble(Wat.minimal(FETCHES)));

    private final Loops loops = new Loops(Transport.NIO, 1, 0);
    private final Loop loop = loops.serving().getFirst();
    private final SharedStore shared = new SharedStore();
    private final GuestMemoryUse memory = new GuestMemoryUse(1 << 30);
    private final Watchdog watchdog = new Watchdog(List.of(loop.guestSlot()));
    private final Admission admission = new Admission(loops, watchdog, new Now(), shared, memory);
    private ServerSocket keys;
    private Cluster cluster;

    private record Now() implements Clock {
        @Override
        public long unixNanos() {
            return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        }

        @Override
        public long monotonicNanos() {
            return System.nanoTime();
        }

        @Override
        public long cpuNanos() {
            return 0;
        }
    }

    @BeforeEach
    void listen() throws IOException {
        keys = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        keys.setSoTimeout((int) Duration.ofSeconds(PATIENCE_SECONDS).toMillis());
        cluster =
                new Cluster(
                        new ClusterSpec(
                                "keys",
                                List.of(Endpoint.of("127.0.0.1", keys.getLocalPort(), 1)),
                                Balance.ROUND_ROBIN,
                                Duration.ofSeconds(5)),
                        loops);
    }

    @AfterEach
    void close() throws IOException {
        keys.close();
        cluster.retire();
        watchdog.close();
        loops.close();
    }

    @Test
    @SuppressWarnings("NullAway") // what is missing stands for a bug, or for no memory
    void aBugWhileAVmIsBuiltFailsTheAdmission() {
        var admitted = admit(null, true);

        assertThatThrownBy(() -> get(admitted)).hasCauseInstanceOf(NullPointerException.class);
        assertThat(memory.vms()).isZero();
    }

    @Test
    void allVmsFetchAtTheSameTime()
            throws ExecutionException, IOException, InterruptedException, TimeoutException {
        var admitted = admit(new Bytes(new byte[0]), true);
        Socket first = keys.accept();
        Socket second = keys.accept();
        assertThat(admitted).isNotDone();
        answer(first);
        answer(second);

        assertThat(get(admitted).hasSpare()).isTrue();
        end(get(admitted));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onlyASpareThatWaitsForNothingStepsInAtOnce(boolean answered)
            throws ExecutionException, IOException, InterruptedException, TimeoutException {
        var admitted = admit(new Bytes(new byte[0]), answered);
        for (int i = 0; i < 2; i++) {
            Socket call = keys.accept();
            if (answered) {
                answer(call);
            }
        }
        Bundle bundle = get(admitted);

        assertThat(lose(bundle)).as("a VM in the slot").isEqualTo(answered);
        if (!answered) {
            await(() -> bundle.vm(loop) != null);
        }
        end(bundle);
    }

    @Test
    void aVmThatIsStillBuiltIsGivenUpAndNothingIsReleasedTwice()
            throws ExecutionException, IOException, InterruptedException, TimeoutException {
        var admitted = admit(new Bytes(new byte[0]), true);
        answer(keys.accept());
        answer(keys.accept());
        Bundle bundle = get(admitted);
        lose(bundle);
        keys.accept();
        var others = shared.hold(bundle.spec().sharedDataId());

        bundle.retire();
        get(bundle.closed());

        await(() -> memory.vms() == 0);
        assertThat(shared.hold(bundle.spec().sharedDataId())).isSameAs(others);
    }

    private CompletableFuture<Bundle> admit(Bytes vmConfiguration, boolean waits) {
        var spec =
                new BundleSpec(
                        "",
                        Digest.of(new byte[0]),
                        Profile.AUTO,
                        VmLimits.defaults(),
                        Map.of(),
                        vmConfiguration,
                        List.of(new PluginSpec("fetches", "", new Bytes(new byte[0]), 10)));
        var wait = new Admission.Wait(waits, Duration.ofSeconds(PATIENCE_SECONDS));
        return admission.admit(spec, MODULE, new Clusters(Map.of("keys", cluster)), wait);
    }

    /// The VM in the slot fails.
    ///
    /// @return whether there is another at once
    private boolean lose(Bundle bundle)
            throws ExecutionException, InterruptedException, TimeoutException {
        var failure = new GuestFailure(GuestFailure.Kind.TRAP, "proxy_on_tick", "lost", List::of);
        return get(
                CompletableFuture.supplyAsync(
                        () -> {
                            PluginVm vm = bundle.vm(loop);
                            if (vm == null) {
                                throw new IllegalStateException("no VM to lose");
                            }
                            bundle.lost(vm, failure);
                            vm.end();
                            return bundle.vm(loop) != null;
                        },
                        loop));
    }

    private void end(Bundle bundle)
            throws ExecutionException, InterruptedException, TimeoutException {
        bundle.discard();
        get(bundle.closed());
    }

    private static void answer(Socket call) throws IOException {
        call.getOutputStream()
                .write(
                        "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
                                .getBytes(US_ASCII));
        call.close();
    }

    private interface Fact {
        boolean holds();
    }

    private void await(Fact fact)
            throws ExecutionException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (!get(CompletableFuture.supplyAsync(fact::holds, loop))) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    private static <T> T get(CompletableFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
