package dev.sluice.host.config;

import java.util.Set;

/// A socket that clients connect to.
///
/// @param address IP address and port; port 0 for any free one
/// @param protocols at least one
/// @param limits how much a client may ask for
public record ListenerConfig(
        HostPort address, Set<Protocol> protocols, ListenerLimitsConfig limits) {
    public ListenerConfig {
        protocols = Set.copyOf(protocols);
    }
}
