package dev.sluice.abi.vm;

import dev.sluice.abi.engine.ModuleRefusedException;

/// Thrown when bytes cannot serve as a plugin; the message says what to do.
public final class PluginLoadException extends RuntimeException {
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
        /// The module does not export what proxy-wasm asks for.
        ABI,
        /// The module imports what no host of proxy-wasm gives.
        IMPORTS,
        /// The module is broken.
        MALFORMED
    }

    private final Reason reason;

    PluginLoadException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    private PluginLoadException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    static PluginLoadException of(String name, ModuleRefusedException refusal) {
        Reason reason =
                switch (refusal.reason()) {
                    case NOT_WASM -> Reason.NOT_WASM;
                    case COMPONENT -> Reason.COMPONENT;
                    case UNSUPPORTED_FEATURE -> Reason.UNSUPPORTED_FEATURE;
                    case TOO_LARGE -> Reason.TOO_LARGE;
                    case MALFORMED -> Reason.MALFORMED;
                };
        return new PluginLoadException(
                reason, "load module %s: %s".formatted(name, refusal.getMessage()), refusal);
    }

    /// Why.
    public Reason reason() {
        return reason;
    }
}
