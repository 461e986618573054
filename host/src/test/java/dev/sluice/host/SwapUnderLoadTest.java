package dev.sluice.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.host.demo.BuildId;
import dev.sluice.host.demo.EchoUpstream;
import dev.sluice.host.demo.Load;
import dev.sluice.host.demo.Sample;
import dev.sluice.host.filter.FilterSource;
import dev.sluice.host.route.CurrentGeneration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A plugin is swapped for other digests while 64 clients send without pause.
class SwapUnderLoadTest {
    private static final int CONNECTIONS = 64;
    private static final int PER_SECOND = 500;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    @TempDir Path folder;

    @Test
    void everyRequestSeesOneGenerationAndNoneIsLost() throws IOException, InterruptedException {
        int swaps = Boolean.getBoolean("long") ? 100 : 25;
        Load.Counts counts = swap(swaps, _ -> UnaryOperator.identity());
        assertThat(counts.requests()).isGreaterThan(swaps);
        assertThat(counts.firstProblem()).isNull();
        assertThat(counts.failed()).isZero();
        assertThat(counts.connectionsClosed()).isZero();
        assertThat(counts.mixedGenerations()).isZero();
    }

    @RepeatedTest(3)
    void aGatewayThatReadsTheGenerationAgainForTheResponseIsCaught()
            throws IOException, InterruptedException {
        Load.Counts counts = swap(6, current -> source -> new RereadingSource(source, current));
        assertThat(counts.mixedGenerations()).isPositive();
    }

    private Load.Counts swap(
            int swaps, Function<CurrentGeneration, UnaryOperator<FilterSource>> wrapper)
            throws IOException, InterruptedException {
        byte[] module = Sample.HEADER_RULES.bytes();
        try (var upstream = new EchoUpstream();
                var gateway =
                        TestGateway.start(
                                folder.resolve("data"),
                                2,
                                """
                                upstreams:
                                  echo: { endpoints: ["127.0.0.1:%d"] }
                                routes:
                                  all: { match: { path: { prefix: / } }, upstream: echo }
                                modules:
                                  rules: { source: { file: { path: "%s" } } }
                                plugins:
                                  rules:
                                    module: rules
                                    config:
                                      request: { set: { x-build: "${build}" } }
                                      response: { set: { x-build: "${build}" } }
                                bindings:
                                  everywhere: { plugin: rules, target: { global: true } }
                                """
                                        .formatted(upstream.address().getPort(), write(module, 0)),
                                wrapper);
                var load =
                        new Load(
                                gateway.gateway().address("http"),
                                "localhost",
                                CONNECTIONS,
                                PER_SECOND,
                                LONGEST_WAIT)) {
            load.start();
            for (int build = 1; build <= swaps; build++) {
                gateway.apply(
                        "modules: { rules: { source: { file: { path: \"%s\" } } } }"
                                .formatted(write(module, build)));
                await(load, build);
            }
            load.stop();
            return load.counts();
        }
    }

    private Path write(byte[] module, int build) throws IOException {
        Path file = folder.resolve("rules-" + build + ".wasm");
        return Files.write(file, BuildId.patched(module, build));
    }

    private static void await(Load load, int build) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!load.hasSeen(build)) {
            assertThat(System.nanoTime()).as("build %d answers", build).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
