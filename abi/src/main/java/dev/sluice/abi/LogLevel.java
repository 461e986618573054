package dev.sluice.abi;

/// Severity of a guest's log line, `proxy_log_level_t`.
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    CRITICAL;

    /// The number on the wire.
    @SuppressWarnings("EnumOrdinal") // declared in wire order
    public int code() {
        return ordinal();
    }
}
