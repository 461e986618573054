package dev.sluice.host.config;

import java.util.List;

/// The hosts that a set of routes serves.
///
/// @param hosts lower-case host names, IP addresses (IPv6 in brackets) or `*.suffix`, without
///   ports; at least one, and each in one domain only
public record DomainConfig(List<String> hosts) {
    public DomainConfig {
        hosts = List.copyOf(hosts);
    }
}
