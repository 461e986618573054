package dev.sluice.host.cli;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The JVM flags that the launcher sets, and what it costs to run without one.
final class JvmFlags {
    private static final Map<String, String> COST = new LinkedHashMap<>();

    static {
        COST.put("-XX:-DontCompileHugeMethods", "big guest functions run interpreted, far slower");
        COST.put("-XX:G1HeapRegionSize=4m", "guest memories waste heap");
    }

    private JvmFlags() {}

    static void warn(PrintStream err) {
        List<String> given = ManagementFactory.getRuntimeMXBean().getInputArguments();
        COST.forEach((flag, cost) -> {
            if (!given.contains(flag)) {
                err.printf("sluice: without the JVM flag %s %s%n", flag, cost);
            }
        });
    }
}
