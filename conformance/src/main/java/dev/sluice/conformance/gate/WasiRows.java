package dev.sluice.conformance.gate;

import static dev.sluice.conformance.gate.GateRow.row;
import static dev.sluice.conformance.gate.Steps.answered;
import static dev.sluice.conformance.gate.Steps.failed;
import static dev.sluice.conformance.gate.Steps.logged;
import static dev.sluice.conformance.gate.Steps.run;
import static dev.sluice.conformance.gate.Steps.said;
import static dev.sluice.conformance.gate.Steps.send;
import static dev.sluice.conformance.subject.Plugin.plugin;
import static dev.sluice.conformance.subject.Request.get;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.abi.LogLevel;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What programs take for an operating system.
final class WasiRows {
    static final List<GateRow> ROWS =
            List.of(
                    row(
                            "W-001",
                            "every function of WASI is there under both names of the module",
                            run(plugin("wasi/all")),
                            nothingIsMissing()),
                    row(
                            "W-002",
                            "standard output is logged as info, standard error as error, without the line end; other descriptors make 8",
                            run(plugin("wasi/write")),
                            send(get()),
                            logged(LogLevel.INFO, "to the output"),
                            logged(LogLevel.ERROR, "to the errors"),
                            said("to the output", "to the errors", "status 0 0 8")),
                    row(
                            "W-003",
                            "the environment is what is configured",
                            run(plugin("wasi/environment").environment(Map.of("COLOUR", "blue"))),
                            send(get()),
                            said(
                                    "sizes 0",
                                    "entries and bytes 1 12",
                                    "get 0",
                                    "first COLOUR=blue")),
                    row(
                            "W-004",
                            "there are no arguments",
                            run(plugin("wasi/arguments")),
                            send(get()),
                            said("sizes 0 0 0", "get 0")),
                    row(
                            "W-005",
                            "there is a clock of real time and a monotonic one; another makes 58",
                            run(plugin("wasi/clocks")),
                            send(get()),
                            clocks()),
                    row(
                            "W-006",
                            "up to 65536 random bytes are given; more make 28",
                            run(plugin("wasi/random")),
                            send(get()),
                            said("status 0 0", "are random 1", "status 0 28")),
                    row(
                            "W-007",
                            "polling ends at once, without events",
                            run(plugin("wasi/poll")),
                            send(get()),
                            said("poll 0 0")),
                    row(
                            "W-008",
                            "an exit fails the VM and nothing else",
                            run(plugin("wasi/exit")),
                            send(get()),
                            failed("proxy_on_request_headers", "proc_exit(7)"),
                            answered(503)),
                    row(
                            "W-009",
                            "no file can be opened or read",
                            run(plugin("wasi/open")),
                            send(get()),
                            said(
                                    "descriptor 0 44 52",
                                    "descriptor 1 44 52",
                                    "descriptor 2 44 52",
                                    "descriptor 3 44 52",
                                    "descriptor 4 44 52")),
                    row(
                            "W-010",
                            "there are no sockets: 58",
                            run(plugin("wasi/sockets")),
                            send(get()),
                            said("sock 58 58", "sock 58 58")),
                    row(
                            "W-011",
                            "descriptor 3 is no directory: 8",
                            run(plugin("wasi/directory")),
                            send(get()),
                            said("fd_prestat_get 8")));

    private WasiRows() {}

    private static Step nothingIsMissing() {
        return stage -> assertThat(stage.subject().unimplementedImports("p")).isEmpty();
    }

    private static Step clocks() {
        return stage -> {
            List<String> lines = stage.next(3);
            assertThat(lines.subList(0, 2)).containsExactly("status 0 0 58", "monotonic 1");
            long nanos = Said.hex(Said.words(lines.getLast(), "time").getFirst()).getLong();
            assertThat(Said.instant(nanos)).isCloseTo(Instant.now(), within(1, MINUTES));
        };
    }
}
