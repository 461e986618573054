package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bench.load.Latency;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    @Test
    void writesEveryFigureThatWasMeasured() {
        var peers = new LinkedHashMap<String, Figures>();
        peers.put("sluice", new Figures(20.123, 30_000.4, new Latency(0.5, 1.25), 300.04, 3451.6));
        peers.put("nginx", new Figures(21, 29_000, null, 13, null));
        SequencedMap<String, SequencedMap<String, Figures>> cases = new LinkedHashMap<>();
        cases.put("h1-plain", peers);

        var json = JsonMapper.shared().readTree(Report.json("a machine", cases));

        assertThat(json)
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"machine": "a machine", "cases": [
                                          {"name": "h1-plain", "results": {
                                            "sluice": {"cpuMicros": 20.12, "rps": 30000,
                                              "p50Ms": 0.5, "p99Ms": 1.25,
                                              "rssMiB": 300.0, "allocBytes": 3452},
                                            "nginx": {"cpuMicros": 21.0, "rps": 29000,
                                              "rssMiB": 13.0}}}]}
                                        """));
    }
}
