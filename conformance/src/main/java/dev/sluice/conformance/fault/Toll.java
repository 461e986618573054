package dev.sluice.conformance.fault;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/// What one loop pays for a plugin.
///
/// Thread: its loop's; the sums may be read from any.
final class Toll {
    private final LongAdder nanos = new LongAdder();
    private final LongAdder sharers = new LongAdder();

    /// Parts in exchanges that are under way, in the VM that the loop has now.
    private final Set<Object> inside = new HashSet<>();

    /// CPU time was spent in it.
    void spent(long more) {
        nanos.add(more);
    }

    void entered(Object part) {
        inside.add(part);
    }

    void left(Object part) {
        inside.remove(part);
    }

    /// One of those inside was stopped; the loop's VM was lost with all of them.
    void lost() {
        sharers.add(inside.size());
        inside.clear();
    }

    long nanos() {
        return nanos.sum();
    }

    /// How many were inside when VMs were lost.
    long sharers() {
        return sharers.sum();
    }
}
