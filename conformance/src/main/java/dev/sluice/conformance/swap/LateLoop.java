package dev.sluice.conformance.swap;

import dev.sluice.host.Experiment;
import dev.sluice.host.generation.ApplyStep;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// A gateway in which one loop is stopped while an apply publishes, in the middle of a request that
/// has taken the generation before.
///
/// Thread: any.
final class LateLoop {
    private static final long LONGEST_SECONDS = 60;

    private final AtomicBoolean armed = new AtomicBoolean();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final boolean withBarrier;

    /// @param withBarrier whether an apply waits for the loop, as it should
    LateLoop(boolean withBarrier) {
        this.withBarrier = withBarrier;
    }

    Experiment experiment() {
        return new WatchedChains()
                .experiment(
                        withBarrier,
                        _ -> opening(),
                        (step, replaced) -> {
                            if (step == ApplyStep.PUBLISH && !replaced.isEmpty()) {
                                armed.set(true);
                                await(held);
                            }
                        });
    }

    /// Returns once the loop is held.
    void awaitHeld() {
        await(held);
    }

    /// Lets the loop go on.
    void release() {
        released.countDown();
    }

    private void opening() {
        if (armed.compareAndSet(true, false)) {
            held.countDown();
            await(released);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nothing came for a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
