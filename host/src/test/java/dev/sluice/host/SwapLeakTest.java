package dev.sluice.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.host.demo.BuildId;
import dev.sluice.host.demo.Sample;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Swapped-out code leaves nothing behind.
class SwapLeakTest {
    private static final int SWAPS = Integer.getInteger("swaps", 200);
    private static final int FIRST_LOOK = SWAPS / 4;
    private static final int WARM_UP_SWAPS = 50;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    @TempDir Path folder;

    private final Set<Thread> others = Thread.getAllStackTraces().keySet();

    @Test
    void codeMetaspaceAndThreadsAreTheSameAfterManySwaps() throws Exception {
        byte[] module = Sample.HEADER_RULES.bytes();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        long metaspaceBefore = 0;
        List<String> threadsBefore = List.of();
        try (var gateway =
                TestGateway.start(
                        folder.resolve("data"),
                        """
                        routes: { all: { match: { path: { prefix: / } }, respond: { status: 200, body: ok } } }
                        modules: { rules: { source: { file: { path: "%s" } } } }
                        plugins:
                          rules: { module: rules, config: { response: { set: { x-build: "${build}" } } } }
                        bindings: { rules: { plugin: rules, target: { global: true } } }
                        """
                                .formatted(write(module, 0)))) {
            warmUp(gateway, module);
            for (int build = 1; build <= SWAPS; build++) {
                Path file = write(module, build);
                gateway.apply(
                        "modules: { rules: { source: { file: { path: \"%s\" } } } }"
                                .formatted(file));
                Files.delete(file);
                assertThat(gateway.traffic().get("/").header("x-build"))
                        .isEqualTo(BuildId.name(build));
                loaders.add(new WeakReference<>(loader(gateway)));
                if (build == FIRST_LOOK) {
                    awaitCleared(loaders.subList(0, build - 1));
                    metaspaceBefore = metaspace();
                    threadsBefore = threads();
                }
            }
            awaitCleared(loaders.subList(0, SWAPS - 1));
            assertThat(metaspace()).isCloseTo(metaspaceBefore, Percentage.withPercentage(2));
            assertThat(threads()).hasSameSizeAs(threadsBefore).isNotEmpty();
            assertThat(gateway.metric("sluice_guest_vms")).isEqualTo(3);
        }
    }

    /// The virtual machine's own profiles of the code that swaps lie in metaspace too: they are
    /// there before anything is measured.
    private void warmUp(TestGateway gateway, byte[] module) throws Exception {
        for (int i = 0; i < WARM_UP_SWAPS; i++) {
            gateway.apply(
                    "modules: { rules: { source: { file: { path: \"%s\" } } } }"
                            .formatted(write(module, SWAPS + 1 + i)));
            gateway.traffic().get("/");
        }
    }

    private Path write(byte[] module, int build) throws Exception {
        Path file = folder.resolve("rules-" + build + ".wasm");
        return Files.write(file, BuildId.patched(module, build));
    }

    private static ClassLoader loader(TestGateway gateway) {
        return gateway.gateway()
                .publisher()
                .live()
                .bundles()
                .values()
                .iterator()
                .next()
                .module()
                .codeLoader();
    }

    private static void awaitCleared(List<WeakReference<ClassLoader>> loaders) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        long left = loaders.size();
        while (left > 0 && System.nanoTime() < deadline) {
            System.gc();
            left = loaders.stream().filter(each -> each.get() != null).count();
        }
        assertThat(left).as("loaders that are still there").isZero();
    }

    private static long metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    /// Those that the gateway has brought: what other tests left behind ends when it likes, and so
    /// do the virtual machine's carriers of virtual threads, the workers of this test's clients,
    /// and ours that load and warm up code.
    private List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> !others.contains(each))
                .map(Thread::getName)
                .filter(name -> !name.startsWith("ForkJoinPool-"))
                .filter(name -> !name.matches("HttpClient-\\d+-Worker-\\d+"))
                .filter(name -> !name.startsWith("sluice-compile-"))
                .filter(name -> !name.startsWith("sluice-warm-up-"))
                .toList();
    }
}
