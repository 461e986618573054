package dev.sluice.host.config;

/// The listener of the config API, health and metrics.
///
/// @param address loopback
public record AdminConfig(HostPort address) {
    /// `127.0.0.1:8900`.
    public static AdminConfig defaults() {
        return new AdminConfig(new HostPort("127.0.0.1", 8900));
    }
}
