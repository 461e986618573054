package dev.sluice.registry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What went wrong with a registry, in a form that code can decide on.
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// The kinds of failure.
    public enum Kind {
        /// No connection, or it broke.
        UNREACHABLE,
        /// TLS could not be spoken, or the certificate is not trusted.
        TLS_FAILED,
        /// The deadline of the operation passed, or that of a connection attempt.
        TIMEOUT,
        /// The registry wants other credentials than those tried.
        UNAUTHORIZED,
        /// The credentials are good, but not for this.
        FORBIDDEN,
        /// No such repository, tag or digest.
        NOT_FOUND,
        /// Too many requests.
        RATE_LIMITED,
        /// The registry failed (5xx).
        SERVER_ERROR,
        /// The bytes are not those the digest or size promised.
        INTEGRITY,
        /// Larger than allowed.
        TOO_LARGE,
        /// No rule of layer or platform selection fits.
        UNSUPPORTED_LAYOUT,
        /// The bytes are not a core Wasm module.
        NOT_WASM,
        /// The answer breaks the protocol.
        INVALID_RESPONSE
    }

    private final Kind kind;
    private final int status;
    private final Duration retryAfter;

    private RegistryException(
            Kind kind, int status, Duration retryAfter, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    RegistryException(Kind kind, String message, @Nullable Throwable cause) {
        this(kind, 0, Duration.ZERO, message, cause);
    }

    RegistryException(Kind kind, String message) {
        this(kind, message, null);
    }

    static RegistryException answered(Kind kind, int status, Duration retryAfter, String message) {
        return new RegistryException(kind, status, retryAfter, message, null);
    }

    /// What kind of failure this is.
    public Kind kind() {
        return kind;
    }

    /// The HTTP status that said so; 0 when none did.
    public int status() {
        return status;
    }

    /// How long the registry asked to be left alone; zero when it did not.
    Duration retryAfter() {
        return retryAfter;
    }

    /// Whether the same call may succeed later without anyone changing anything.
    public boolean retryable() {
        return switch (kind) {
            case UNREACHABLE, TIMEOUT, RATE_LIMITED, SERVER_ERROR -> true;
            case TLS_FAILED,
                    UNAUTHORIZED,
                    FORBIDDEN,
                    NOT_FOUND,
                    INTEGRITY,
                    TOO_LARGE,
                    UNSUPPORTED_LAYOUT,
                    NOT_WASM,
                    INVALID_RESPONSE ->
                    false;
        };
    }
}
