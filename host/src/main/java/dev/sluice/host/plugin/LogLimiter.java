package dev.sluice.host.plugin;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Lets so many lines pass per second.
///
/// Thread: any.
final class LogLimiter {
    private static final int COUNT_BITS = 32;

    private final int perSecond;

    /// The second in the high half, the lines in it in the low half.
    private final AtomicLong state = new AtomicLong();

    LogLimiter(int perSecond) {
        this.perSecond = perSecond;
    }

    boolean allows(long monotonicNanos) {
        long second = TimeUnit.NANOSECONDS.toSeconds(monotonicNanos);
        long now = state.get();
        if (now >> COUNT_BITS == (int) second && count(now) >= perSecond) {
            return false; // without a write: loops in a storm do not wait for each other
        }
        long after =
                state.updateAndGet(before ->
                        before >> COUNT_BITS == (int) second
                                ? before + 1
                                : second << COUNT_BITS | 1);
        return count(after) <= perSecond;
    }

    private static long count(long state) {
        return state & 0xFFFF_FFFFL;
    }
}
