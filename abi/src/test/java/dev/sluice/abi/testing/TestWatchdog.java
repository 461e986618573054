package dev.sluice.abi.testing;

import dev.sluice.abi.GuestSlot;
import java.util.concurrent.locks.LockSupport;

/// A watchdog that interrupts a callback that it has seen running for longer than its budget.
public final class TestWatchdog implements AutoCloseable {
    private final GuestSlot slot;
    private final Thread thread = new Thread(this::run, "test-watchdog");
    private volatile boolean closed;

    public TestWatchdog(GuestSlot slot) {
        this.slot = slot;
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError("an interrupt escaped", e);
        }
    }

    private void run() {
        long seen = slot.observe();
        long since = System.nanoTime();
        while (!closed) {
            LockSupport.parkNanos(200_000);
            long now = slot.observe();
            if (now != seen) {
                seen = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > slot.budgetNanos()) {
                slot.interrupt(seen);
            }
        }
    }
}
