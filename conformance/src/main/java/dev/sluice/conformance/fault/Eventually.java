package dev.sluice.conformance.fault;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Waits for what has to become true soon.
final class Eventually {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long LOOK_NANOS = 20_000_000;

    private Eventually() {}

    /// Returns once `actual` is `expected`.
    static <T> void equal(T expected, Callable<T> actual) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            T now = value(actual);
            if (expected.equals(now)) {
                return;
            }
            if (deadline - System.nanoTime() < 0) {
                throw new AssertionError("it stays %s (expected: %s)".formatted(now, expected));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static <T> T value(Callable<T> actual) {
        try {
            return actual.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
