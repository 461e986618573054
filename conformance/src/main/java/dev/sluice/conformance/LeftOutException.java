package dev.sluice.conformance;

/// Thrown by a row that needs something this machine does not have.
public final class LeftOutException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param missing what is missing, and how to get it
    public LeftOutException(String missing) {
        super(missing);
    }
}
