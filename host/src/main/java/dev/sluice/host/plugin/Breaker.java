package dev.sluice.host.plugin;

import dev.sluice.host.plugin.Entries.Sum;
import java.util.concurrent.TimeUnit;

/// Decides when a bundle is not worth another entry: when at least half of at least twenty in ten
/// seconds cost a VM.
///
/// It then opens for 0.1 s. While what follows fails as well it opens again, each time for twice as
/// long, up to 10 s; ten seconds without that, and it starts over.
///
/// Thread: any.
final class Breaker {
    private static final int LEAST_ENTRIES = 20;
    private static final long TRIAL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private volatile boolean open;
    private long openNanos;
    private long closedNanos;

    boolean isOpen() {
        return open;
    }

    /// Looks again: a VM was lost.
    ///
    /// @param sum what became of the entries of the last ten seconds
    /// @return how long nothing may enter, or 0
    synchronized long lost(Sum sum, long nowNanos) {
        if (open) {
            return 0;
        }
        boolean trial = openNanos > 0 && nowNanos - closedNanos < TRIAL_NANOS;
        if (sum.left() + sum.lost() < (trial ? 1 : LEAST_ENTRIES) || sum.lost() < sum.left()) {
            return 0;
        }
        openNanos = trial ? Math.min(LONGEST_NANOS, openNanos * 2) : FIRST_NANOS;
        open = true;
        return openNanos;
    }

    /// The time of [#lost] is over, and what was counted before is forgotten.
    synchronized void close(long nowNanos) {
        open = false;
        closedNanos = nowNanos;
    }
}
