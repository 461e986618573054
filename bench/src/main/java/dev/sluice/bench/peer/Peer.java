package dev.sluice.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A proxy to measure.
public interface Peer {
    /// Its name in the report.
    String name();

    /// Why it cannot be measured at this task here, as a sentence; null when it can.
    @Nullable String missing(Task task);

    /// Starts it before an upstream.
    ///
    /// @param directory its own
    Running start(Task task, int upstreamPort, Path directory)
            throws IOException, InterruptedException;
}
