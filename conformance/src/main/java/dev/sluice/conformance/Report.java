package dev.sluice.conformance;

import dev.sluice.conformance.Outcome.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// All outcomes as one JSON object.
///
/// `rows`, `passed`, `failed` and `skipped` count; `areas` has the same for each area, and what did
/// not pass or was measured, row by row.
final class Report {
    private Report() {}

    static String json(SequencedMap<String, List<Outcome>> areas) {
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode root = mapper.createObjectNode();
        count(root, areas.values().stream().flatMap(List::stream).toList());
        ObjectNode each = root.putObject("areas");
        areas.forEach((name, outcomes) -> {
            ObjectNode area = each.putObject(name);
            count(area, outcomes);
            ArrayNode details = area.putArray("details");
            outcomes.stream()
                    .filter(one -> one.verdict() != Verdict.PASSED || !one.figures().isEmpty())
                    .forEach(one -> describe(details.addObject(), one));
        });
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    static long count(List<Outcome> outcomes, Verdict verdict) {
        return outcomes.stream().filter(each -> each.verdict() == verdict).count();
    }

    private static void count(ObjectNode target, List<Outcome> outcomes) {
        target.put("rows", outcomes.size());
        target.put("passed", count(outcomes, Verdict.PASSED));
        target.put("failed", count(outcomes, Verdict.FAILED));
        target.put("skipped", count(outcomes, Verdict.SKIPPED));
    }

    private static void describe(ObjectNode target, Outcome outcome) {
        target.put("row", outcome.row().id());
        target.put("against", outcome.row().against());
        target.put("says", outcome.row().says());
        target.put("verdict", outcome.verdict().name().toLowerCase(Locale.ROOT));
        if (!outcome.why().isEmpty()) {
            target.put("why", outcome.why());
        }
        if (!outcome.figures().isEmpty()) {
            ObjectNode figures = target.putObject("figures");
            outcome.figures().forEach(figures::put);
        }
    }
}
