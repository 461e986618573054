package dev.sluice.registry;

import dev.sluice.registry.RegistryException.Kind;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A moment by which a whole operation is over, whatever the other side does.
///
/// Thread: any; blocks the caller until the result or the moment.
final class Deadline {
    private final Duration limit;
    private final long endNanos;

    private Deadline(Duration limit) {
        this.limit = limit;
        endNanos = System.nanoTime() + limit.toNanos();
    }

    static Deadline in(Duration limit) {
        return new Deadline(limit);
    }

    Duration left() {
        return Duration.ofNanos(endNanos - System.nanoTime());
    }

    /// Runs `call` on a virtual thread of its own, which is interrupted when the time is up.
    <T> T run(Step step, Callable<T> call) {
        var task = new FutureTask<>(call);
        var worker = Thread.ofVirtual().name("registry").start(task);
        try {
            return task.get(left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw step.failed(Kind.TIMEOUT, "no result within %d ms".formatted(limit.toMillis()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw step.failed(Kind.TIMEOUT, "interrupted");
        } catch (ExecutionException e) {
            throw rethrown(e.getCause(), step);
        } finally {
            worker.interrupt();
        }
    }

    private static RuntimeException rethrown(@Nullable Throwable cause, Step step) {
        return switch (cause) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            case null, default ->
                    new RegistryException(
                            Kind.INVALID_RESPONSE, step.action() + ": " + cause, cause);
        };
    }
}
