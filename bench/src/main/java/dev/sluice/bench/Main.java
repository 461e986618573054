package dev.sluice.bench;

import dev.sluice.bench.machine.Machine;
import dev.sluice.bench.peer.Programs;
import dev.sluice.host.cli.Arguments;
import dev.sluice.host.cli.UsageException;
import dev.sluice.host.config.Nearest;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// `sluice bench`: measures Sluice beside nginx and Envoy, or its parts alone.
public final class Main {
    private static final String USAGE =
            "usage: sluice bench [case...] [--rounds N] [--seconds N] [--warm-up SECONDS]"
                    + " [--no-latency] [--json FILE]\n       sluice bench jmh [NAME]";

    private static final int MOST = 3600;

    private Main() {}

    public static void main(String... arguments) throws InterruptedException {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /// Runs a command line.
    ///
    /// @return 0 when Sluice and every peer that is there was measured, 1 when that could not be, 2
    ///   for a wrong command line
    static int run(List<String> arguments, PrintStream out, PrintStream err)
            throws InterruptedException {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.println(USAGE);
            Arrays.stream(Case.values())
                    .forEach(each -> out.printf("  %-16s %s%n", each.title(), each.says()));
            return 0;
        }
        try {
            var given =
                    new Arguments(
                            arguments,
                            Set.of("--no-latency"),
                            Set.of("--rounds", "--seconds", "--warm-up", "--json"),
                            Case.values().length);
            if (given.words().contains("jmh")) {
                return MicroBenchmarks.run(given.words());
            }
            compare(given, out);
            return 0;
        } catch (UsageException e) {
            err.println("sluice: " + e.getMessage());
            err.println(USAGE);
            return 2;
        } catch (IOException e) {
            err.println("sluice: " + e.getMessage());
            return 1;
        }
    }

    private static void compare(Arguments given, PrintStream out)
            throws IOException, InterruptedException {
        List<Case> cases = cases(given.words());
        var plan =
                new Comparison.Plan(
                        number(given, "--rounds", 7),
                        number(given, "--seconds", 4),
                        number(given, "--warm-up", 60),
                        !given.has("--no-latency"),
                        Bench.LOAD_CORE);
        need("taskset", "util-linux");
        need("wrk", "wrk");
        need("nginx", "nginx-light");
        if (Runtime.getRuntime().availableProcessors() < 2) {
            throw new IOException("two cores are needed: one for a proxy, one for load");
        }
        var bench = new Bench(tools(), plan, out);
        var all = new LinkedHashMap<String, SequencedMap<String, Figures>>();
        for (Case each : cases) {
            all.put(each.title(), bench.run(each));
        }
        String file = given.option("--json");
        if (file != null) {
            Files.writeString(Path.of(file), Report.json(Machine.describe(), all) + "\n");
        }
    }

    private static List<Case> cases(List<String> names) {
        return names.isEmpty()
                ? List.of(Case.values())
                : names.stream().distinct().map(Main::find).toList();
    }

    private static Case find(String name) {
        List<String> known = Arrays.stream(Case.values()).map(Case::title).toList();
        return Arrays.stream(Case.values())
                .filter(each -> each.title().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new UsageException(
                                "unknown case %s%s".formatted(name, Nearest.hint(name, known))));
    }

    private static int number(Arguments given, String option, int otherwise) {
        String text = given.option(option);
        if (text == null) {
            return otherwise;
        }
        int value = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        if (value < 1 || value > MOST) {
            throw new UsageException("%s: %s (expected: 1..%d)".formatted(option, text, MOST));
        }
        return value;
    }

    private static void need(String program, String debian) throws IOException {
        if (Programs.find(program).isEmpty()) {
            throw new IOException(
                    "%s is needed: install it (apt-get install %s)".formatted(program, debian));
        }
    }

    /// `.tools` of the checkout this was built in.
    private static Path tools() throws IOException {
        Path top;
        try {
            var jar =
                    Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            top = jar.resolve("../../..").normalize();
        } catch (URISyntaxException e) {
            throw new IOException("cannot tell where this was built", e);
        }
        return top.resolve(".tools");
    }
}
