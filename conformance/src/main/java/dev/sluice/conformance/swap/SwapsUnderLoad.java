package dev.sluice.conformance.swap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.conformance.Run;
import dev.sluice.host.Experiment;
import dev.sluice.host.demo.Load;
import java.io.IOException;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/// T1: changes under load. The short form applies as fast as it goes and judges every answer; the
/// long one does so at a pace, and compares latencies with those of a time without changes.
final class SwapsUnderLoad {
    private static final int CONNECTIONS = 200;
    private static final LoadedGateway.Size SIZE =
            new LoadedGateway.Size(CONNECTIONS, 300, Duration.ofMinutes(1));
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    /// Until what the changes of the warm-up left behind is gone.
    private static final Duration CALM = Duration.ofSeconds(10);

    private static final Duration STEADY = Duration.ofSeconds(30);

    private SwapsUnderLoad() {}

    /// What is changed, how often, and what that may cost.
    ///
    /// @param warmUps changes before anything is measured, as fast as they go
    /// @param pace from one change to the next, when there is time
    /// @param mostTimes how many times the steady p99 is allowed
    private record Plan(
            int applies,
            int warmUps,
            Duration pace,
            double mostTimes,
            LoadedGateway.Change change) {}

    static void configurations(Run run) throws IOException, InterruptedException {
        swap(run, new Plan(1_000, 1_000, Duration.ofMillis(100), 1.5, LoadedGateway::configure));
    }

    static void code(Run run) throws IOException, InterruptedException {
        int applies = run.longForm() ? 100 : 25;
        swap(run, new Plan(applies, 20, Duration.ofMillis(500), 3, LoadedGateway::recode));
    }

    private static void swap(Run run, Plan plan) throws IOException, InterruptedException {
        try (var gateway = new LoadedGateway(run.folder(), Experiment.none(), SIZE)) {
            if (run.longForm()) {
                measure(run, gateway, plan);
            } else {
                change(gateway, plan, plan.applies(), Duration.ZERO);
            }
            gateway.awaitLatestEverywhere();
            Load.Counts counts = gateway.end();
            run.figures().put("requests", (double) counts.requests());
            assertThat(counts.requests()).isGreaterThan(plan.applies());
            assertThat(counts.firstProblem()).isNull();
            assertThat(counts.failed()).isZero();
            assertThat(counts.connectionsClosed()).isZero();
            assertThat(counts.mixedGenerations()).isZero();
            assertThat(gateway.gateway().metric("sluice_connections_total")).isEqualTo(CONNECTIONS);
        }
    }

    private static void measure(Run run, LoadedGateway gateway, Plan plan)
            throws IOException, InterruptedException {
        Thread.sleep(WARM_UP);
        change(gateway, plan, plan.warmUps(), Duration.ZERO);
        Thread.sleep(CALM);
        gateway.takeHistogram();
        Thread.sleep(STEADY);
        double steady = p99Millis(gateway.takeHistogram());
        change(gateway, plan, plan.applies(), plan.pace());
        double swapping = p99Millis(gateway.takeHistogram());
        run.figures().put("p99SteadyMs", steady);
        run.figures().put("p99SwapMs", swapping);
        assertThat(swapping).as("p99 in ms").isLessThanOrEqualTo(plan.mostTimes() * steady);
    }

    private static void change(LoadedGateway gateway, Plan plan, int times, Duration pace)
            throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            long next = System.nanoTime() + pace.toNanos();
            plan.change().make(gateway);
            Thread.sleep(Duration.ofNanos(next - System.nanoTime()));
        }
    }

    private static double p99Millis(Histogram histogram) {
        return histogram.getValueAtPercentile(99) / 1000.0;
    }
}
