package dev.sluice.host.generation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// Interrupts the thread that made it when a time is over or the work is not wanted any more, and
/// not a moment after [#close].
///
/// Thread: the one that made it; [#giveUp] from any, and the time is watched on a virtual one.
final class BuildLimit implements AutoCloseable {
    private enum State {
        RUNNING,
        EXCEEDED,
        CLOSED
    }

    private final Thread builder = Thread.currentThread();
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private final Thread watch;
    private volatile boolean unwanted;

    BuildLimit(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        watch = Thread.ofVirtual().name("build-limit").start(() -> await(end));
    }

    private void await(long end) {
        for (long left = end - System.nanoTime();
                left > 0 && !unwanted && state.get() == State.RUNNING;
                left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        if (state.compareAndSet(State.RUNNING, State.EXCEEDED)) {
            builder.interrupt();
        }
    }

    /// The time is over now.
    void giveUp() {
        unwanted = true;
        LockSupport.unpark(watch);
    }

    /// Whether the time was over before [#close].
    boolean isExceeded() {
        return state.get() == State.EXCEEDED;
    }

    /// Ends the watch; an interrupt of it does not outlive this.
    @Override
    public void close() {
        if (state.compareAndSet(State.RUNNING, State.CLOSED)) {
            LockSupport.unpark(watch);
            return;
        }
        while (watch.isAlive()) {
            Thread.onSpinWait();
        }
        Thread.interrupted();
    }
}
