package dev.sluice.abi.engine;

import dev.sluice.abi.GuestFailure.Kind;

/// Which host functions a guest may call at the moment, and how many more times.
///
/// Thread: the VM's.
public final class HostGate {
    private static final int OPEN = 0;
    private static final int REFUSING = 1;
    private static final int TRAPPING = 2;

    private final long[] refusal;
    private int state;
    private int most;
    private int left;

    /// @param refusal what a restricted function answers while refused
    public HostGate(long[] refusal) {
        this.refusal = refusal;
    }

    /// Grants `calls` calls from now on.
    public void grant(int calls) {
        most = calls;
        left = calls;
    }

    /// Lets every function through.
    public void open() {
        state = OPEN;
    }

    /// Makes restricted functions answer the refusal.
    public void refuse() {
        state = REFUSING;
    }

    /// Makes restricted functions trap.
    public void trap() {
        state = TRAPPING;
    }

    /// Counts one call, and answers whether it may go through.
    boolean pass(boolean restricted) {
        if (--left < 0) {
            throw new GuestStopException(
                    Kind.HOST_CALLS, "host calls in one callback: over %d".formatted(most));
        }
        return state == OPEN || !restricted;
    }

    /// What a function answers that did not pass.
    long[] refusal(String name) {
        if (state == TRAPPING) {
            throw new GuestStopException(
                    Kind.TRAP, "%s is restricted while the module starts".formatted(name));
        }
        return refusal;
    }
}
