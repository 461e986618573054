package dev.sluice.host.cli;

/// Thrown when the command line asks for something that does not exist.
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
