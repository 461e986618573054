package dev.sluice.conformance.swap;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what must come; its deadline only ends a run that is stuck, no verdict depends on
/// time.
final class Wait {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long LOOK_NANOS = 1_000_000;

    private Wait() {}

    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it has not come for " + LONGEST);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
