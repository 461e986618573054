package dev.sluice.host.config;

import java.time.Duration;

/// When a new VM may serve.
///
/// @param await what must have ended first
/// @param deadline longest wait for it
public record AdmissionConfig(Await await, Duration deadline) {
    /// Call-outs, for 5 s.
    public static AdmissionConfig defaults() {
        return new AdmissionConfig(Await.CALLOUTS, Duration.ofSeconds(5));
    }

    /// What is waited for.
    public enum Await {
        /// The call-outs the plugin began while it was started and configured.
        CALLOUTS,
        NONE
    }
}
