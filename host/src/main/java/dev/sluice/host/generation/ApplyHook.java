package dev.sluice.host.generation;

import java.io.IOException;
import java.time.Duration;

/// What a suite does between the steps of an apply; a gateway that serves does [#nothing].
///
/// Thread: the control thread.
public interface ApplyHook {
    /// Runs before `step`; what it throws, the step throws.
    void before(ApplyStep step) throws IOException, InterruptedException;

    /// Whether the step is left out: a gateway broken on purpose.
    default boolean skips(ApplyStep step) {
        return false;
    }

    /// How long a generation may take from its first step to its commit.
    default Duration longestBuild() {
        return Duration.ofMinutes(5);
    }

    /// Does nothing.
    static ApplyHook nothing() {
        return _ -> {};
    }
}
