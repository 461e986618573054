package dev.sluice.bench;

import dev.sluice.bench.load.Latency;
import java.util.SequencedMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// All figures as one JSON object.
final class Report {
    private Report() {}

    /// @param cases by name, in each the peers by name
    static String json(String machine, SequencedMap<String, SequencedMap<String, Figures>> cases) {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode root = mapper.createObjectNode().put("machine", machine);
        ArrayNode all = root.putArray("cases");
        cases.forEach((name, peers) -> {
            ObjectNode results = all.addObject().put("name", name).putObject("results");
            peers.forEach((peer, figures) -> write(results.putObject(peer), figures));
        });
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static void write(ObjectNode target, Figures figures) {
        Latency latency = figures.latency();
        Double allocated = figures.allocBytes();
        target.put("cpuMicros", rounded(figures.cpuMicros(), 100));
        target.put("rps", Math.round(figures.rps()));
        if (latency != null) {
            target.put("p50Ms", rounded(latency.median(), 1000));
            target.put("p99Ms", rounded(latency.high(), 1000));
        }
        target.put("rssMiB", rounded(figures.rssMiB(), 10));
        if (allocated != null) {
            target.put("allocBytes", Math.round(allocated));
        }
    }

    private static double rounded(double value, double parts) {
        return Math.round(value * parts) / parts;
    }
}
