package dev.sluice.host.config;

/// What happens when a plugin cannot do its work.
public record FailurePolicyConfig(OnLoad onLoad, OnError onError) {
    /// Keep what ran, and answer 503 while a VM is missing.
    public static FailurePolicyConfig defaults() {
        return new FailurePolicyConfig(OnLoad.KEEP, OnError.CLOSED);
    }

    /// When it cannot be loaded and no one waits for the outcome.
    public enum OnLoad {
        /// What ran before runs on.
        KEEP,
        /// Requests pass without it.
        BYPASS,
        /// Requests that need it are answered with 503.
        CLOSE
    }

    /// When it fails while it serves.
    public enum OnError {
        /// The request is answered with 503.
        CLOSED,
        /// The request passes without it.
        OPEN
    }
}
