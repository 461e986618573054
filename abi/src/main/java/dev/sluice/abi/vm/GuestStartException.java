package dev.sluice.abi.vm;

import dev.sluice.abi.GuestFailure;

/// Thrown when a module's own initialisation fails.
public final class GuestStartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient GuestFailure failure;

    GuestStartException(String module, GuestFailure failure) {
        super("start module %s: %s: %s".formatted(module, failure.callback(), failure.message()));
        this.failure = failure;
    }

    /// Why.
    public GuestFailure failure() {
        return failure;
    }
}
