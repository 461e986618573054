package dev.sluice.host.config;

/// How requests are dealt out to endpoints.
public enum Balance {
    /// In turn.
    ROUND_ROBIN,
    /// To the less loaded of two picked at random.
    LEAST_REQUEST,
    /// At random.
    RANDOM
}
