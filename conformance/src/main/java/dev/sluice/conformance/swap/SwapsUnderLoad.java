package dev.sluice.conformance.swap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.conformance.Run;
import dev.sluice.host.Experiment;
import dev.sluice.host.demo.Load;
import java.io.IOException;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/// T1: changes under load. The short form applies as fast as it goes and judges every answer; the
/// long one does so at a pace, and compares latencies with those of times without changes.
final class SwapsUnderLoad {
    private static final int CONNECTIONS = 200;

    /// Two cores are busy for not quite half of the time, with the clients and the upstream.
    private static final int PER_SECOND = 2_000;

    /// Applying as fast as it goes takes what two slow cores have left, so requests must be few.
    private static final int PER_SECOND_IN_THE_SHORT_FORM = 300;

    private static final Duration LATE = Duration.ofMinutes(1);
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    private SwapsUnderLoad() {}

    /// What is changed, how often, and what that may cost.
    ///
    /// @param warmUps changes before anything is measured, as fast as they go: until the JVM has
    ///   compiled what a change runs, and so many that upstreams move in the middle of a turn
    /// @param pace from one change to the next, when there is time
    /// @param turns how often there are no changes for a while and then some, so that whatever else
    ///   the machine does falls on both
    /// @param rest until what the changes left behind is gone
    /// @param steady how long there are none after that
    /// @param mostTimes how many times the steady p99 is allowed
    private record Plan(
            int applies,
            int warmUps,
            Duration pace,
            int turns,
            Duration rest,
            Duration steady,
            double mostTimes,
            LoadedGateway.Change change) {}

    static void configurations(Run run) throws IOException, InterruptedException {
        swap(
                run,
                new Plan(
                        1_000,
                        5_010,
                        Duration.ofMillis(100),
                        50,
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        1.5,
                        LoadedGateway::configure));
    }

    static void code(Run run) throws IOException, InterruptedException {
        int applies = run.longForm() ? 100 : 25;
        swap(
                run,
                new Plan(
                        applies,
                        30,
                        Duration.ofMillis(500),
                        10,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        3,
                        LoadedGateway::recode));
    }

    private static void swap(Run run, Plan plan) throws IOException, InterruptedException {
        int perSecond = run.longForm() ? PER_SECOND : PER_SECOND_IN_THE_SHORT_FORM;
        var size = new LoadedGateway.Size(CONNECTIONS, perSecond, LATE);
        try (var gateway = new LoadedGateway(run.folder(), Experiment.none(), size)) {
            if (run.longForm()) {
                measure(run, gateway, plan);
            } else {
                change(gateway, plan, plan.applies(), Duration.ZERO);
            }
            gateway.awaitLatestEverywhere();
            Load.Counts counts = gateway.end();
            run.figures().put("requests", (double) counts.requests());
            assertThat(counts.requests()).isGreaterThan(CONNECTIONS);
            assertThat(counts.firstProblem()).isNull();
            assertThat(counts.failed()).isZero();
            assertThat(counts.connectionsClosed()).isZero();
            assertThat(counts.mixedGenerations()).isZero();
            assertThat(gateway.gateway().metric("sluice_connections_total")).isEqualTo(CONNECTIONS);
        }
    }

    private static void measure(Run run, LoadedGateway gateway, Plan plan)
            throws IOException, InterruptedException {
        var steady = new Histogram(gateway.takeHistogram());
        var swapping = new Histogram(steady);
        Thread.sleep(WARM_UP);
        change(gateway, plan, plan.warmUps(), Duration.ZERO);
        for (int i = 0; i < plan.turns(); i++) {
            Thread.sleep(plan.rest());
            gateway.takeHistogram();
            Thread.sleep(plan.steady());
            steady.add(gateway.takeHistogram());
            change(gateway, plan, plan.applies() / plan.turns(), plan.pace());
            swapping.add(gateway.takeHistogram());
        }
        run.figures().put("p99SteadyMs", p99Millis(steady));
        run.figures().put("p99SwapMs", p99Millis(swapping));
        assertThat(p99Millis(swapping))
                .as("p99 in ms")
                .isLessThanOrEqualTo(plan.mostTimes() * p99Millis(steady));
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
