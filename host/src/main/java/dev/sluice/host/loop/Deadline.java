package dev.sluice.host.loop;

import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One timer that is moved far more often than it fires.
///
/// Moving it later only notes the time; the task that was armed for an earlier time finds it moved
/// and arms itself again. So a kept-alive connection pays for its timers once per period, not per
/// request.
///
/// Thread: its loop's.
public final class Deadline {
    private static final long NONE = Long.MAX_VALUE;

    private final Loop loop;
    private final Runnable onExpiry;
    private long dueNanos = NONE;
    private long armedNanos = NONE;
    private @Nullable Future<?> armed;

    public Deadline(Loop loop, Runnable onExpiry) {
        this.loop = loop;
        this.onExpiry = onExpiry;
    }

    /// Fires `nanos` from now, whatever was set before.
    public void in(long nanos) {
        at(System.nanoTime() + nanos);
    }

    /// Fires at a time of [System#nanoTime], whatever was set before.
    public void at(long nanoTime) {
        dueNanos = nanoTime;
        if (armed == null || armedNanos - nanoTime > 0) {
            disarm();
            arm(nanoTime);
        }
    }

    /// Does not fire until it is set again.
    public void clear() {
        dueNanos = NONE;
    }

    /// Never fires again and holds nothing.
    public void close() {
        clear();
        disarm();
    }

    private void arm(long nanoTime) {
        armedNanos = nanoTime;
        long delay = Math.max(0, nanoTime - System.nanoTime());
        armed = loop.eventLoop().schedule(this::fire, delay, TimeUnit.NANOSECONDS);
    }

    private void disarm() {
        if (armed != null) {
            armed.cancel(false);
            armed = null;
            armedNanos = NONE;
        }
    }

    private void fire() {
        armed = null;
        armedNanos = NONE;
        if (dueNanos == NONE) {
            return;
        }
        if (dueNanos - System.nanoTime() > 0) {
            arm(dueNanos);
            return;
        }
        dueNanos = NONE;
        onExpiry.run();
    }
}
