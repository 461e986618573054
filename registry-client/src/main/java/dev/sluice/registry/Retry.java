package dev.sluice.registry;

import dev.sluice.registry.RegistryException.Kind;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// Repeats an exchange that failed for a reason that may pass, within the operation's deadline.
///
/// Thread: any; sleeps between attempts.
///
/// @param attempts how often an exchange is tried
/// @param firstDelay wait before the second attempt, before jitter
/// @param deadline when to stop
record Retry(int attempts, Duration firstDelay, Deadline deadline) {
    private static final Duration MOST_DELAY = Duration.ofSeconds(10);

    /// One attempt.
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws InterruptedException;
    }

    <T> T run(Attempt<T> attempt) throws InterruptedException {
        for (int done = 1; ; done++) {
            try {
                return attempt.run();
            } catch (RegistryException e) {
                if (done >= attempts || !e.retryable() || e.kind() == Kind.TIMEOUT) {
                    throw e;
                }
                var wait = longer(e.retryAfter(), jittered(done));
                if (wait.compareTo(deadline.left()) >= 0) {
                    throw e;
                }
                Thread.sleep(wait);
            }
        }
    }

    private Duration jittered(int done) {
        var doubled = firstDelay.multipliedBy(1L << (done - 1));
        var capped = doubled.compareTo(MOST_DELAY) < 0 ? doubled : MOST_DELAY;
        long nanos = capped.toNanos();
        return Duration.ofNanos(
                ThreadLocalRandom.current().nextLong(nanos / 2, nanos + nanos / 2 + 1));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
