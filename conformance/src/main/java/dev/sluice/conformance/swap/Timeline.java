package dev.sluice.conformance.swap;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/// When each generation was asked for and when its 200 had come, which bounds what a request may
/// see.
///
/// Thread: any; generations are asked for one after another.
final class Timeline {
    /// Most generations of a run; as long from the start, so that it takes no part in what grows.
    private static final int MOST = 20_000;

    private final AtomicLongArray live = new AtomicLongArray(MOST);
    private final AtomicIntegerArray builds = new AtomicIntegerArray(MOST);
    private volatile int asked;
    private volatile int latest;

    /// The generation is asked for from now on.
    ///
    /// @param build of its code
    void asked(int generation, int build) {
        builds.set(generation, build);
        asked = generation;
    }

    /// Its 200 has come.
    void live(int generation) {
        live.set(generation, ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now()));
        latest = generation;
    }

    /// Of the code that a generation has.
    int build(int generation) {
        return builds.get(generation);
    }

    /// The newest that a request may see.
    int newest() {
        return asked;
    }

    /// The oldest that a request may see which is sent now.
    int oldest() {
        return latest;
    }

    /// Whether a request of `generation` that began at `unixNanos` did so when every new one had to
    /// see a later generation.
    boolean isReplaced(int generation, long unixNanos) {
        return generation < latest && unixNanos > live.get(generation + 1);
    }
}
