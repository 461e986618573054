package dev.sluice.host.config;

/// Where in a chain a plugin runs, in the order of a request.
public enum Phase {
    AUTHN,
    AUTHZ,
    STATS,
    DEFAULT
}
