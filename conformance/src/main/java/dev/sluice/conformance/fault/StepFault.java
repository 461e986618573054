package dev.sluice.conformance.fault;

import dev.sluice.host.generation.ApplyHook;
import dev.sluice.host.generation.ApplyStep;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Breaks one step of an apply, once it is armed.
///
/// Thread: [#before] on the control thread, the rest on any.
final class StepFault implements ApplyHook {
    private static final Duration LONGEST_BUILD = Duration.ofSeconds(1);

    private static final int PATIENCE_SECONDS = 60;

    private final ApplyStep broken;
    private final Kind kind;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean armed;

    /// What becomes of the step.
    enum Kind {
        ERROR,
        HANG
    }

    StepFault(ApplyStep broken, Kind kind) {
        this.broken = broken;
        this.kind = kind;
    }

    void arm() {
        armed = true;
    }

    /// Breaks nothing from now on; what hangs goes on.
    void disarm() {
        armed = false;
        released.countDown();
    }

    /// Waits until an apply has come to the step.
    void awaitReached() throws InterruptedException {
        if (!reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("no apply has come to " + broken);
        }
    }

    @Override
    public void before(ApplyStep step) throws IOException, InterruptedException {
        if (!armed || step != broken) {
            return;
        }
        reached.countDown();
        switch (kind) {
            case ERROR -> throw new IOException("broken on purpose");
            case HANG -> released.await();
        }
    }

    @Override
    public Duration longestBuild() {
        boolean ends = kind == Kind.HANG && broken.compareTo(ApplyStep.COMMIT) < 0;
        return armed && ends ? LONGEST_BUILD : ApplyHook.super.longestBuild();
    }
}
