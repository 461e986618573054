package dev.sluice.host.plugin;

import dev.sluice.abi.GuestSlot;
import dev.sluice.host.loop.Loop;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Stops guests that use up their budget: looks every millisecond, judges by wall clock, confirms
/// by the thread's CPU time.
///
/// Thread: one of its own.
public final class Watchdog implements AutoCloseable {
    private static final long TICK_NANOS = 1_000_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<Watched> watched;
    private final Thread thread;
    private volatile boolean closed;

    /// One loop's slot and the callback last seen in it.
    private static final class Watched {
        final Loop loop;
        long seen;
        long sinceNanos;
        long cpuNanos;

        Watched(Loop loop) {
            this.loop = loop;
        }
    }

    public Watchdog(List<Loop> loops) {
        watched = loops.stream().map(Watched::new).toList();
        thread = Thread.ofPlatform().daemon().name("sluice-watchdog").start(this::run);
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(TICK_NANOS);
            long now = System.nanoTime();
            for (Watched each : watched) {
                look(each, now);
            }
        }
    }

    private void look(Watched each, long now) {
        GuestSlot slot = each.loop.guestSlot();
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
