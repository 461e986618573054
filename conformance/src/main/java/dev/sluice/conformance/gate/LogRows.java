package dev.sluice.conformance.gate;

import static dev.sluice.conformance.gate.GateRow.row;
import static dev.sluice.conformance.gate.Steps.failed;
import static dev.sluice.conformance.gate.Steps.remove;
import static dev.sluice.conformance.gate.Steps.run;
import static dev.sluice.conformance.gate.Steps.said;
import static dev.sluice.conformance.gate.Steps.send;
import static dev.sluice.conformance.subject.Plugin.plugin;
import static dev.sluice.conformance.subject.Request.get;
import static java.time.temporal.ChronoUnit.MINUTES;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.abi.LogLevel;
import dev.sluice.conformance.subject.LogLine;
import dev.sluice.conformance.subject.Request;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Logs, time, ticks and the status of calls.
final class LogRows {
    static final List<GateRow> ROWS =
            List.of(
                    row(
                            "O-001",
                            "lines of all levels are logged, with plugin, root id and VM id",
                            run(plugin("logs/levels").rooted("the-root").inVm("the-vm")),
                            send(get()),
                            said("level 0", "level 1", "level 2", "level 3", "level 4", "level 5"),
                            linesAreNamed("the-root", "the-vm")),
                    row(
                            "O-002",
                            "an unknown level makes status 2",
                            run(plugin("logs/level-6")),
                            send(get()),
                            said("status 2")),
                    row(
                            "O-003",
                            "the level told is the one from which on lines are kept",
                            run(plugin("logs/level").logging(LogLevel.WARN)),
                            send(get()),
                            said("level 0 3"),
                            run(plugin("logs/level").logging(LogLevel.INFO)),
                            send(get()),
                            said("level 0 2", "kept when the level is 2 or less")),
                    row(
                            "O-004",
                            "the time is 8 bytes of nanoseconds",
                            run(plugin("logs/time")),
                            send(get()),
                            timeIsNow()),
                    row(
                            "O-005",
                            "ticks come to the root context, one each period",
                            run(plugin("logs/tick")),
                            ticksComeEvery(40)),
                    row(
                            "O-006",
                            "period 0 ends the ticks, and a new period begins them again",
                            run(plugin("logs/three-ticks")),
                            ticksPerVm(3),
                            send(get()),
                            ticksOfOneVm(3)),
                    row(
                            "O-007",
                            "a tick that traps fails the VM",
                            run(plugin("logs/trapping-tick")),
                            failed("proxy_on_tick", "nreachable")),
                    row(
                            "O-008",
                            "the ticks of a plugin end when it is removed",
                            run(plugin("logs/tick")),
                            ticksComeEvery(40),
                            remove(),
                            nothingIsSaid(200)),
                    row(
                            "O-009",
                            "without a call before, the status is 0 and empty",
                            run(plugin("logs/status")),
                            send(get()),
                            said("status 0 0 0 0")),
                    row(
                            "O-010",
                            "a tick never runs at the same time as a stream of its VM",
                            run(plugin("logs/busy")),
                            burst(100),
                            onlyTicksWereSaid()));

    private LogRows() {}

    private static final int TICKS_LOOKED_AT = 6;
    private static final int SILENCE_MILLIS = 100;

    private static Step linesAreNamed(String root, String vm) {
        return stage -> {
            List<LogLine> lines = stage.guestLines();
            assertThat(lines)
                    .allSatisfy(each -> {
                        assertThat(each.plugin()).isEqualTo("p");
                        assertThat(each.rootId()).isEqualTo(root);
                        assertThat(each.vmId()).isEqualTo(vm);
                    });
            assertThat(lines.subList(0, 5))
                    .extracting(LogLine::level)
                    .containsExactly(
                            LogLevel.TRACE,
                            LogLevel.DEBUG,
                            LogLevel.INFO,
                            LogLevel.WARN,
                            LogLevel.ERROR);
            assertThat(lines.getLast().level()).isGreaterThanOrEqualTo(LogLevel.ERROR);
        };
    }

    private static Step timeIsNow() {
        return stage -> {
            List<String> lines = stage.next(2);
            assertThat(lines.getFirst()).isEqualTo("status 0");
            ByteBuffer bytes = Said.hex(Said.words(lines.getLast(), "time").getFirst());
            assertThat(Said.instant(bytes.getLong())).isCloseTo(Instant.now(), within(1, MINUTES));
            assertThat(bytes.getLong()).as("the bytes behind").isEqualTo(-1);
        };
    }

    /// The ticks of each VM are about so far apart; a busy machine makes some late.
    private static Step ticksComeEvery(int millis) {
        return stage -> {
            stage.next(TICKS_LOOKED_AT * stage.subject().servingVms());
            Map<String, List<LogLine>> byVm = ticks(stage);
            assertThat(byVm).hasSize(stage.subject().servingVms());
            byVm.values()
                    .forEach(lines -> {
                        assertThat(lines).allMatch(each -> each.text().endsWith(" 1"));
                        long nanos = lines.getLast().nanos() - lines.getFirst().nanos();
                        assertThat(nanos / 1e6 / (lines.size() - 1))
                                .isBetween(millis * 0.75, millis * 5.0);
                    });
        };
    }

    private static Step ticksPerVm(int count) {
        return stage -> {
            stage.await(
                    "ticks of all VMs",
                    () -> stage.guestLines().size() >= count * stage.subject().servingVms());
            stage.pass(SILENCE_MILLIS);
            stage.next(0);
            assertThat(ticks(stage)).hasSize(stage.subject().servingVms());
            assertThat(ticks(stage).values()).allMatch(each -> each.size() == count);
        };
    }

    private static Step ticksOfOneVm(int count) {
        return stage -> {
            List<String> lines = stage.next(count);
            stage.pass(SILENCE_MILLIS);
            assertThat(stage.next(0)).isEmpty();
            assertThat(lines).hasSize(count).allMatch(each -> each.equals(lines.getFirst()));
        };
    }

    private static Map<String, List<LogLine>> ticks(Stage stage) {
        return stage.guestLines().stream()
                .collect(groupingBy(each -> Said.words(each.text(), "tick").getFirst()));
    }

    private static Step nothingIsSaid(int millis) {
        return stage -> {
            stage.next(0);
            stage.pass(millis);
            assertThat(stage.next(0)).isEmpty();
        };
    }

    private static Step burst(int count) {
        return stage -> stage.subject().burst(Request.get(), count);
    }

    private static Step onlyTicksWereSaid() {
        return stage -> assertThat(stage.next(1)).allMatch(each -> each.equals("tick"));
    }
}
