package dev.sluice.host.cli;

/// Thrown when a verb could not do its work; the message is all a user needs.
final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FailedException(String message) {
        super(message);
    }
}
