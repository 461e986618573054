package dev.sluice.abi.engine;

import dev.sluice.abi.GuestFailure.Kind;

/// Thrown by a host function to end the guest.
public final class GuestStopException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /// @param kind how the guest ended
    /// @param message one line for the operator
    public GuestStopException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    GuestStopException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// How the guest ended.
    public Kind kind() {
        return kind;
    }
}
