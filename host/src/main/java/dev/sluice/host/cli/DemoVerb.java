package dev.sluice.host.cli;

import dev.sluice.host.demo.Demo;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/// `sluice demo`.
final class DemoVerb {
    private DemoVerb() {}

    static int run(List<String> given, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        var arguments = new Arguments(given, Set.of("--once", "--json"), Set.of(), 0);
        System.setProperty("SLUICE_LOG", "WARN");
        return Demo.run(arguments.has("--once"), arguments.has("--json"), out) ? 0 : 1;
    }
}
