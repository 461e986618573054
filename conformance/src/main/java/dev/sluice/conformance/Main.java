package dev.sluice.conformance;

import dev.sluice.conformance.Outcome.Verdict;
import dev.sluice.host.cli.Arguments;
import dev.sluice.host.cli.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// `sluice conformance`: runs the rows that are asked for and says which hold.
public final class Main {
    private static final List<String> AGAINST = List.of("abi", "gateway");
    private static final String USAGE =
            "usage: sluice conformance [--against abi|gateway] [--area X] [--row ID] [--long]"
                    + " [--json FILE]";

    private Main() {}

    public static void main(String... arguments) throws IOException {
        if (System.getenv("SLUICE_LOG") == null) {
            System.setProperty("SLUICE_LOG", "WARN"); // a line for each of thousands of changes
        }
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /// Runs a command line.
    ///
    /// @return 0 when every row passed or was left out, 1 when one failed, 2 for a wrong command
    ///   line
    static int run(List<String> arguments, PrintStream out, PrintStream err) throws IOException {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.println(USAGE);
            return 0;
        }
        try {
            var given =
                    new Arguments(
                            arguments,
                            Set.of("--long"),
                            Set.of("--against", "--area", "--row", "--json"),
                            0);
            return run(given, out);
        } catch (UsageException e) {
            err.println("sluice: " + e.getMessage());
            err.println(USAGE);
            return 2;
        }
    }

    private static int run(Arguments given, PrintStream out) throws IOException {
        List<Area> areas = areas(given.option("--area"));
        String against = given.option("--against");
        if (against != null && !AGAINST.contains(against)) {
            throw new UsageException(
                    "unknown --against %s (there are: %s)"
                            .formatted(against, String.join(", ", AGAINST)));
        }
        Predicate<Row> wanted = wanted(against, given.option("--row"));
        if (areas.stream().flatMap(each -> each.rows().stream()).noneMatch(wanted)) {
            throw new UsageException(
                    "no row %s; docs/conformance.md says which there are"
                            .formatted(
                                    given.option("--row") == null
                                            ? "of that kind"
                                            : given.option("--row")));
        }
        var runner = new Runner(given.has("--long"));
        var all = new LinkedHashMap<String, List<Outcome>>();
        for (Area area : areas) {
            List<Outcome> outcomes = new ArrayList<>();
            for (Row row : area.rows().stream().filter(wanted).toList()) {
                Outcome outcome = runner.run(row);
                outcomes.add(outcome);
                print(outcome, out);
            }
            area.close();
            all.put(area.name(), outcomes);
        }
        all.values().removeIf(List::isEmpty);
        summarise(all, out);
        String file = given.option("--json");
        if (file != null) {
            Files.writeString(Path.of(file), Report.json(all) + "\n");
        }
        return all.values().stream().anyMatch(each -> Report.count(each, Verdict.FAILED) > 0)
                ? 1
                : 0;
    }

    private static List<Area> areas(@Nullable String name) {
        if (name == null) {
            return Areas.all();
        }
        List<Area> found = Areas.all().stream().filter(each -> each.name().equals(name)).toList();
        if (found.isEmpty()) {
            throw new UsageException(
                    "unknown area %s (there are: %s)"
                            .formatted(
                                    name,
                                    String.join(
                                            ", ", Areas.all().stream().map(Area::name).toList())));
        }
        return found;
    }

    private static Predicate<Row> wanted(@Nullable String against, @Nullable String row) {
        return each ->
                (against == null || each.against().equals(against))
                        && (row == null || each.id().equals(row));
    }

    private static void print(Outcome outcome, PrintStream out) {
        Row row = outcome.row();
        out.printf(
                "  %-7s %-8s %-8s %s%n",
                switch (outcome.verdict()) {
                    case PASSED -> "ok";
                    case FAILED -> "FAILED";
                    case SKIPPED -> "left out";
                },
                row.id(),
                row.against(),
                row.says());
        if (!outcome.why().isEmpty()) {
            out.println("          " + outcome.why());
        }
        outcome.figures().forEach((name, value) -> out.printf("          %s %.3f%n", name, value));
    }

    private static void summarise(SequencedMap<String, List<Outcome>> all, PrintStream out) {
        all.forEach((name, outcomes) ->
                out.printf(
                        "%s: %d rows, %d passed, %d failed, %d left out%n",
                        name,
                        outcomes.size(),
                        Report.count(outcomes, Verdict.PASSED),
                        Report.count(outcomes, Verdict.FAILED),
                        Report.count(outcomes, Verdict.SKIPPED)));
    }
}
