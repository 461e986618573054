package dev.sluice.bench.load;

import dev.sluice.bench.machine.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The same rate for every peer, by an [OpenLoop]: what a client waits when nobody is saturated.
public final class SteadyLoad {
    /// Requests in a second, over all connections.
    public static final int RATE = 2000;

    private SteadyLoad() {}

    /// Puts it on a port, from a JVM of its own.
    ///
    /// @throws IOException when an answer was wrong
    public static Latency run(int core, int port, int seconds)
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Latency.parse(
                Child.run(
                        core,
                        List.of(
                                java,
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                OpenLoop.class.getName(),
                                Integer.toString(port),
                                Integer.toString(RATE),
                                Integer.toString(seconds))));
    }
}
