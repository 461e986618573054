package dev.sluice.abi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Where a watchdog sees that a thread is inside a guest, and stops that one callback.
///
/// One `long`, `epoch << 2 | state`. The epoch grows with every outermost entry, and the watchdog
/// acts by compare-and-set on the exact value it judged, so it can never stop the callback after
/// it. A leaving thread that lost the race waits for the interrupt to arrive and clears it: an
/// interrupt never escapes into the code around the guest.
///
/// Thread: [#enter] and [#exit] on the owning thread, [#observe] and [#interrupt] on the watchdog.
public final class GuestSlot {
    private static final long IDLE = 0;
    private static final long RUNNING = 1;
    private static final long INTERRUPTING = 2;
    private static final long INTERRUPTED = 3;
    private static final long STATE = 3;

    private static final VarHandle SLOT;

    static {
        try {
            SLOT = MethodHandles.lookup().findVarHandle(GuestSlot.class, "slot", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Thread thread;
    private long slot;
    private long budgetNanos;

    /// @param thread the only thread that will enter guests through this slot
    public GuestSlot(Thread thread) {
        this.thread = thread;
    }

    /// The thread that enters guests through this slot.
    public Thread thread() {
        return thread;
    }

    /// Marks the outermost entry into a guest.
    ///
    /// @param budget CPU time in nanoseconds that this callback may use
    public void enter(long budget) {
        budgetNanos = budget;
        SLOT.setRelease(this, (((slot >>> 2) + 1) << 2) | RUNNING);
    }

    /// Marks the return from the outermost entry.
    ///
    /// @return whether the watchdog interrupted this callback; the thread's interrupt flag is clear
    public boolean exit() {
        long running = (slot & ~STATE) | RUNNING;
        if (SLOT.compareAndSet(this, running, (running & ~STATE) | IDLE)) {
            return false;
        }
        while (((long) SLOT.getAcquire(this) & STATE) != INTERRUPTED) {
            Thread.onSpinWait();
        }
        Thread.interrupted();
        SLOT.setRelease(this, (running & ~STATE) | IDLE);
        return true;
    }

    /// The slot's present value: equal values seen twice mean the same callback.
    public long observe() {
        return (long) SLOT.getAcquire(this);
    }

    /// Whether a value of [#observe] shows a guest running.
    public static boolean running(long observed) {
        return (observed & STATE) == RUNNING;
    }

    /// The budget of the callback that runs; meaningful while [#observe] stays the same.
    public long budgetNanos() {
        return budgetNanos;
    }

    /// Interrupts the callback that `observed` showed running, and no other.
    ///
    /// @return whether it was still running
    public boolean interrupt(long observed) {
        if (!running(observed)
                || !SLOT.compareAndSet(this, observed, (observed & ~STATE) | INTERRUPTING)) {
            return false;
        }
        thread.interrupt();
        SLOT.setRelease(this, (observed & ~STATE) | INTERRUPTED);
        return true;
    }
}
