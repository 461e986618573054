package dev.sluice.conformance.subject;

/// Thrown when plugins cannot run.
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;

    /// @param code as the config API names the cause
    /// @param sentence why
    public RefusedException(String code, String sentence) {
        super(sentence);
        this.code = code;
    }

    /// As the config API names the cause.
    public String code() {
        return code;
    }
}
