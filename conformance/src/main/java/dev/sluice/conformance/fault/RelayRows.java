package dev.sluice.conformance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.conformance.Row;
import dev.sluice.conformance.Run;
import dev.sluice.conformance.fault.Relay.Harm;
import dev.sluice.host.Experiment;
import dev.sluice.host.demo.EchoUpstream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/// An upstream behind a bad line.
final class RelayRows {
    /// Longer than the head of an answer of the upstream.
    private static final String PATIENT = "10s";

    private static final int SPLITS = 120;

    private RelayRows() {}

    static List<Row> all() {
        return List.of(
                new Row(
                        "U-split",
                        "gateway",
                        "an answer that comes in two parts is the same answer, wherever it is cut",
                        RelayRows::split),
                new Row(
                        "U-slow",
                        "gateway",
                        "an answer that comes late or slowly comes whole",
                        RelayRows::slow),
                new Row(
                        "U-broken",
                        "gateway",
                        "an upstream that breaks off is 502, one that falls silent is 504",
                        RelayRows::broken));
    }

    private static void split(Run run) throws IOException {
        for (int at : IntStream.iterate(1, i -> i < SPLITS, i -> i + 17).toArray()) {
            assertThat(status(run, new Harm.Split(at), PATIENT)).as("cut at %d", at).isEqualTo(200);
        }
    }

    private static void slow(Run run) throws IOException {
        assertThat(status(run, new Harm.None(), PATIENT)).isEqualTo(200);
        assertThat(status(run, new Harm.Delay(300), PATIENT)).isEqualTo(200);
        assertThat(status(run, new Harm.Throttle(500), PATIENT)).isEqualTo(200);
    }

    private static void broken(Run run) throws IOException {
        assertThat(status(run, new Harm.Reset(0), "1s")).isEqualTo(502);
        assertThat(status(run, new Harm.Reset(20), "1s")).isEqualTo(502);
        assertThat(status(run, new Harm.HalfClose(0), "1s")).isEqualTo(502);
        assertThat(status(run, new Harm.HalfClose(20), "1s")).isEqualTo(502);
        assertThat(status(run, new Harm.BlackHole(0), "1s")).isEqualTo(504);
        assertThat(status(run, new Harm.BlackHole(20), "1s")).isEqualTo(504);
        assertThatThrownBy(() -> status(run, new Harm.Reset(SPLITS), "1s"))
                .isInstanceOf(IOException.class);
    }

    private static int status(Run run, Harm harm, String timeout) throws IOException {
        try (var upstream = new EchoUpstream();
                var relay = new Relay(upstream.address(), harm);
                var subject =
                        Subject.start(
                                run.folder().resolve("data"),
                                """
                                upstreams: { echo: { endpoints: ["%s"] } }
                                routes: { all: { upstream: echo, timeout: %s } }
                                """
                                        .formatted(relay.endpoint(), timeout),
                                Experiment.none());
                var wire = new Wire(subject.address())) {
            return wire.get("/").status();
        }
    }
}
