package dev.sluice.host.plugin;

/// Pauses that get ten times longer, up to a longest.
record BackOff(long firstNanos, long longestNanos) {
    private static final int TIMES = 10;

    /// The pause that follows `nanos`, which is 0 before the first.
    long after(long nanos) {
        return nanos == 0 ? firstNanos : Math.min(longestNanos, nanos * TIMES);
    }
}
