package dev.sluice.abi.engine;

/// Bytes that the engine does not take as a module.
public final class ModuleRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Why.
    public enum Reason {
        /// The bytes are something else.
        NOT_WASM,
        /// The bytes are a component, not a module.
        COMPONENT,
        /// The module needs a feature that the engine does not have.
        UNSUPPORTED_FEATURE,
        /// The module is over a limit.
        TOO_LARGE,
        /// The module is broken.
        MALFORMED
    }

    private final Reason reason;

    ModuleRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    ModuleRefusedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /// Why.
    public Reason reason() {
        return reason;
    }
}
