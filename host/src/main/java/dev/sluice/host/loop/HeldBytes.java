package dev.sluice.host.loop;

import dev.sluice.host.stats.LoopCounters;

/// The body bytes that all exchanges of one loop hold back for plugins, against what they may hold
/// together.
///
/// Thread: its loop's.
public final class HeldBytes {
    private final LoopCounters counters;
    private final long most;

    /// @param most how many bytes the loop may hold
    public HeldBytes(LoopCounters counters, long most) {
        this.counters = counters;
        this.most = most;
    }

    /// That many more are held, or fewer when it is negative.
    public void add(long bytes) {
        counters.heldBytes += bytes;
    }

    /// Whether no more should be taken in.
    public boolean isOver() {
        return counters.heldBytes > most;
    }

    /// An exchange was refused for it.
    public void refused() {
        counters.heldBytesRefused++;
    }
}
