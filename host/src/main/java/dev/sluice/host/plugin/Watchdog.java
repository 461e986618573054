package dev.sluice.host.plugin;

import dev.sluice.abi.GuestSlot;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops guests that use up their budget: looks every millisecond, judges by wall clock, confirms
/// by the thread's CPU time.
///
/// Thread: one of its own.
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long TICK_NANOS = 1_000_000;
    private static final long QUIET_NANOS = 60_000_000_000L;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<Watched> watched = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private long complainedNanos = System.nanoTime() - QUIET_NANOS;
    private volatile boolean closed;

    /// A slot and the callback last seen in it.
    private static final class Watched {
        final GuestSlot slot;
        long seen;
        long sinceNanos;
        long cpuNanos;

        Watched(GuestSlot slot) {
            this.slot = slot;
        }
    }

    public Watchdog(List<GuestSlot> slots) {
        slots.forEach(this::watch);
        thread = Thread.ofPlatform().daemon().name("sluice-watchdog").start(this::run);
    }

    /// Looks at `slot` too, from now on.
    void watch(GuestSlot slot) {
        watched.add(new Watched(slot));
    }

    /// Looks at `slot` no more; nothing runs in it.
    void forget(GuestSlot slot) {
        watched.removeIf(each -> each.slot == slot);
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(TICK_NANOS);
            long now = System.nanoTime();
            for (Watched each : watched) {
                try {
                    look(each, now);
                } catch (RuntimeException | Error e) {
                    complain(now, e);
                }
            }
        }
    }

    /// Whatever happened, every budget is looked at again a millisecond later.
    private void complain(long now, Throwable e) {
        if (now - complainedNanos >= QUIET_NANOS) {
            complainedNanos = now;
            LOG.error("the watchdog could not judge a callback", e);
        }
    }

    private void look(Watched each, long now) {
        GuestSlot slot = each.slot;
        long observed = slot.observe();
        if (!GuestSlot.running(observed)) {
            return;
        }
        if (observed != each.seen) {
            each.seen = observed;
            each.sinceNanos = now;
            each.cpuNanos = cpuNanos(slot);
            return;
        }
        long budget = slot.budgetNanos();
        if (now - each.sinceNanos >= budget && cpuNanos(slot) - each.cpuNanos >= budget) {
            slot.interrupt(observed);
        }
    }

    private long cpuNanos(GuestSlot slot) {
        return threads.getThreadCpuTime(slot.thread().threadId());
    }

    /// Ends the thread.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
