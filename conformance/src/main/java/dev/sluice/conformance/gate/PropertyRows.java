package dev.sluice.conformance.gate;

import static dev.sluice.conformance.gate.GateRow.row;
import static dev.sluice.conformance.gate.Steps.run;
import static dev.sluice.conformance.gate.Steps.saidAmong;
import static dev.sluice.conformance.gate.Steps.send;
import static dev.sluice.conformance.subject.Plugin.plugin;
import static dev.sluice.conformance.subject.Request.get;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/// What a guest is told by properties.
final class PropertyRows {
    static final List<GateRow> ROWS =
            List.of(
                    row(
                            "P-002",
                            "an unknown path makes status 1",
                            run(plugin("properties/paths")),
                            send(get()),
                            saidAmong("unknown 1")),
                    row(
                            "P-003",
                            "a NUL behind the last segment of a path is accepted",
                            run(plugin("properties/paths")),
                            send(get()),
                            saidAmong("request.path 0 3 /p/", "request.path. 0 3 /p/")),
                    row(
                            "P-004",
                            "numbers and times are 8 bytes, little-endian, truth values one",
                            run(plugin("properties/encodings")),
                            send(get()),
                            encodings()));

    private PropertyRows() {}

    private static Step encodings() {
        return stage -> {
            List<String> lines = stage.next(3);
            ByteBuffer port = Said.bytes(lines.get(0), "source.port");
            assertThat(port.remaining()).isEqualTo(8);
            assertThat(port.getLong()).isBetween(1024L, 65535L);
            assertThat(Said.words(lines.get(1), "connection.mtls")).containsExactly("0", "00");
            ByteBuffer time = Said.bytes(lines.get(2), "request.time");
            assertThat(time.remaining()).isEqualTo(8);
            assertThat(Said.instant(time.getLong())).isCloseTo(Instant.now(), within(1, MINUTES));
        };
    }
}
