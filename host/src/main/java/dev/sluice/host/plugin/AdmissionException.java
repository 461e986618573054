package dev.sluice.host.plugin;

import org.jspecify.annotations.Nullable;

/// Thrown when a plugin cannot be brought to serve; nothing was changed.
public final class AdmissionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;

    public AdmissionException(String code, String message) {
        super(message);
        this.code = code;
    }

    public AdmissionException(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /// A word for programs, such as `plugin_start_failed`.
    public String code() {
        return code;
    }
}
