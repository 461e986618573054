package dev.sluice.host.upstream;

import dev.sluice.host.config.Balance;
import java.time.Duration;
import java.util.List;

/// What makes two clusters the same one: equal specs share connections and runtime state.
///
/// @param name the upstream's name
/// @param endpoints at least one
/// @param balance how requests are dealt out
/// @param connectTimeout longest wait for a connection
public record ClusterSpec(
        String name, List<Endpoint> endpoints, Balance balance, Duration connectTimeout) {
    public ClusterSpec {
        endpoints = List.copyOf(endpoints);
    }
}
