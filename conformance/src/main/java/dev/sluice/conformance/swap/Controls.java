package dev.sluice.conformance.swap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.conformance.Run;
import dev.sluice.host.demo.Load.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// The negative controls: gateways that are broken on purpose, each of which the judges of T1 must
/// catch three times out of three.
final class Controls {
    private static final int TIMES = 3;
    private static final int ENOUGH = 10;

    /// A control whose fault has not been met after so many changes does not work.
    private static final int MOST_CHANGES = 1_000;

    private static final LoadedGateway.Size SIZE =
            new LoadedGateway.Size(50, 400, Duration.ofSeconds(5));

    /// So few that there are moments without a request, in which a plugin that drains is closed.
    private static final LoadedGateway.Size SPARSE =
            new LoadedGateway.Size(50, 100, Duration.ofSeconds(5));

    private Controls() {}

    static void generationReadAgain(Run run) throws IOException, InterruptedException {
        caught(run, SIZE, BrokenGateway::generationReadAgain, Counts::mixedGenerations);
    }

    static void poolClosedAtPublish(Run run) throws IOException, InterruptedException {
        caught(
                run,
                SIZE,
                BrokenGateway::poolClosedAtPublish,
                counts -> counts.failed() + counts.connectionsClosed());
    }

    static void closedUnderStreams(Run run) throws IOException, InterruptedException {
        caught(run, SIZE, BrokenGateway::closedUnderStreams, Counts::mixedGenerations);
    }

    static void closedBeforeLoops(Run run) throws IOException, InterruptedException {
        caught(run, SPARSE, BrokenGateway::closedBeforeLoops, Counts::failed);
    }

    private static void caught(
            Run run,
            LoadedGateway.Size size,
            Supplier<BrokenGateway> making,
            ToLongFunction<Counts> showing)
            throws IOException, InterruptedException {
        for (int i = 0; i < TIMES; i++) {
            Counts counts = broken(run, i, size, making.get());
            assertThat(showing.applyAsLong(counts)).as("time %d: %s", i, counts).isPositive();
        }
    }

    /// Changes the config until enough requests have met the fault.
    private static Counts broken(Run run, int time, LoadedGateway.Size size, BrokenGateway broken)
            throws IOException, InterruptedException {
        try (var gateway =
                new LoadedGateway(
                        Files.createDirectory(run.folder().resolve("run-" + time)),
                        broken.experiment(),
                        size)) {
            for (int i = 0; i < MOST_CHANGES && broken.met().get() < ENOUGH; i++) {
                gateway.configure();
            }
            assertThat(broken.met()).hasValueGreaterThanOrEqualTo(ENOUGH);
            return gateway.end();
        }
    }

    static void answeredBeforeBarrier(Run run) throws IOException, InterruptedException {
        for (int i = 0; i < TIMES; i++) {
            var late = new LateLoop(false);
            try (var gateway =
                    new LoadedGateway(
                            Files.createDirectory(run.folder().resolve("run-" + i)),
                            late.experiment(),
                            SIZE)) {
                gateway.configure();
                late.release();
                gateway.awaitLatestEverywhere();
                assertThat(gateway.end().mixedGenerations()).isPositive();
            }
        }
    }

    /// The same late loop before the gateway that is not broken: the 200 waits for it.
    static void answeredAfterBarrier(Run run) throws IOException, InterruptedException {
        var late = new LateLoop(true);
        try (var gateway = new LoadedGateway(run.folder(), late.experiment(), SIZE)) {
            CompletableFuture.runAsync(late::awaitHeld)
                    .thenRunAsync(
                            late::release,
                            CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
            gateway.configure();
            gateway.awaitLatestEverywhere();
            Counts counts = gateway.end();
            assertThat(counts.firstProblem()).isNull();
        }
    }
}
