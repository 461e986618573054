package dev.sluice.conformance.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.conformance.Row;
import dev.sluice.conformance.Run;
import dev.sluice.conformance.fault.Besieged.Outcome;
import java.util.List;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/// T10: guests that do harm, beside traffic that has nothing to do with them on the same loops.
final class HostileRows {
    private static final double MOST_P99_RATIO = 2;
    private static final double MOST_LOST_SECONDS = 1;
    private static final int CONNECTIONS = 8;
    private static final int BREAKER_WANTS = 20;

    /// Which of a VM's requests traps in `hostile/trap-1`.
    private static final int RARE = 100;

    private HostileRows() {}

    static List<Row> all() {
        return List.of(
                row("loop", "a guest that never comes back", "", 200, HostileRows::late),
                row("stack", "a guest that recurses for ever", "", 200, HostileRows::late),
                row("memory", "a guest that takes all memory", "", 100, HostileRows::late),
                row("host-calls", "a storm of host calls", "", 200, HostileRows::broken),
                row(
                        "log",
                        "a storm of log lines",
                        "limits: { logLines: 20 }",
                        50,
                        outcome -> {
                            assertThat(outcome.refused()).isZero();
                            assertThat(outcome.metric("sluice_plugin_log_dropped_total"))
                                    .isPositive();
                        }),
                row(
                        "call-outs",
                        "a storm of call-outs",
                        "",
                        25,
                        outcome -> {
                            assertThat(outcome.refused()).isZero();
                            double most = 16.0 * outcome.hostile().answered() + 16 * CONNECTIONS;
                            assertThat(outcome.metric("sluice_plugin_callouts_total"))
                                    .isBetween(1.0, most);
                        }),
                row("trap-1", "a trap in one of a hundred requests", "", 400, HostileRows::rare),
                row("trap-100", "a trap in every request", "", 200, HostileRows::broken));
    }

    private static Row row(
            String guest, String what, String keys, int perSecond, Consumer<Outcome> expected) {
        return new Row(
                "T10-" + guest,
                "gateway",
                what + " harms only requests that enter it",
                run -> {
                    var load = new Traffic.Load("/hostile", CONNECTIONS, perSecond);
                    Outcome outcome = Besieged.run(run, "hostile/" + guest, keys, load);
                    judge(run, outcome);
                    expected.accept(outcome);
                });
    }

    /// What holds beside any hostile guest.
    private static void judge(Run run, Outcome outcome) {
        // by turns, for the machine is not the same all the time
        var calm = new Histogram(outcome.before());
        calm.add(outcome.after());
        double during = p99Millis(outcome.during());
        run.figures().put("p99BeforeMs", p99Millis(outcome.before()));
        run.figures().put("p99DuringMs", during);
        run.figures().put("p99AfterMs", p99Millis(outcome.after()));
        run.figures().put("loops", (double) outcome.loops());
        run.figures().put("loopCpuLostSeconds", outcome.lostSeconds());
        run.figures().put("loopCpuMoreSeconds", outcome.moreSeconds());
        run.figures().put("foundNoVm", (double) outcome.unavailable());
        run.figures().put("vmsLost", outcome.metric("sluice_plugin_failures_total"));
        run.figures().put("sharers", (double) outcome.sharers());
        run.figures().put("breakerOpened", outcome.metric("sluice_plugin_breaker_opened_total"));
        assertThat(outcome.normal().firstProblem()).isNull();
        assertThat(outcome.normal().failed()).isZero();
        assertThat(outcome.normal().connectionsClosed()).isZero();
        assertThat(outcome.during().getTotalCount()).isPositive();
        assertThat(outcome.hostile().answered()).isPositive();
        assertThat(outcome.loops()).isPositive();
        assertThat(outcome.hostile().wrong())
                .as(
                        "answers that are neither its upstream's nor its policy's: %s",
                        outcome.hostile())
                .isEqualTo(outcome.refused());
        if (run.longForm()) {
            assertThat(during)
                    .as("p99 in ms")
                    .isLessThanOrEqualTo(MOST_P99_RATIO * p99Millis(calm));
            assertThat(outcome.lostSeconds()).isLessThanOrEqualTo(MOST_LOST_SECONDS);
        }
    }

    private static double p99Millis(Histogram micros) {
        return micros.getValueAtPercentile(99) / 1000.0;
    }

    /// Its policy answers all its requests.
    private static void refused(Outcome outcome) {
        assertThat(outcome.refused()).isEqualTo(outcome.hostile().answered());
    }

    /// The same, and it costs each loop it came to its VM at once, and one of them another after 3
    /// s; the next would be lost 30 s later. The kernel may have dealt all clients to one loop.
    private static void late(Outcome outcome) {
        refused(outcome);
        assertThat(outcome.metric("sluice_plugin_failures_total"))
                .as("VMs lost")
                .isBetween((double) outcome.loops(), outcome.loops() + 1.0);
    }

    /// The same, and it is left out: after as many lost VMs as the breaker wants to see, and a few
    /// on each loop whenever it lets somebody in.
    private static void broken(Outcome outcome) {
        refused(outcome);
        double opened = outcome.metric("sluice_plugin_breaker_opened_total");
        assertThat(opened).isPositive();
        assertThat(outcome.metric("sluice_plugin_failures_total"))
                .as("VMs lost")
                .isLessThanOrEqualTo(BREAKER_WANTS + 4 * opened);
    }

    /// Only who was in the VM when it was lost has an answer of its policy; each VM lives for a
    /// hundred requests.
    private static void rare(Outcome outcome) {
        double lost = outcome.metric("sluice_plugin_failures_total");
        assertThat(lost).isPositive();
        assertThat(outcome.metric("sluice_plugin_breaker_opened_total")).isZero();
        assertThat(outcome.unavailable()).as("requests that found no VM").isZero();
        assertThat(outcome.refused()).isEqualTo(outcome.sharers());
        assertThat((double) outcome.hostile().answered())
                .isBetween(RARE * lost, RARE * (lost + outcome.loops()));
    }
}
