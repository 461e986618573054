package dev.sluice.host.config;

import java.time.Duration;
import java.util.List;

/// A set of endpoints that answer alike.
///
/// @param endpoints at least one
/// @param balance how requests are dealt out
/// @param connectTimeout longest wait for a connection
/// @param protocol what is spoken to the endpoints
public record UpstreamConfig(
        List<EndpointConfig> endpoints,
        Balance balance,
        Duration connectTimeout,
        Protocol protocol) {
    static final Balance DEFAULT_BALANCE = Balance.ROUND_ROBIN;
    static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(3);

    public UpstreamConfig {
        endpoints = List.copyOf(endpoints);
    }
}
