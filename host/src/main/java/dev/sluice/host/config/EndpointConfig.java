package dev.sluice.host.config;

/// One address of an upstream.
///
/// @param address a host name is resolved when connected to
/// @param weight share of requests relative to its neighbours, at least 1
public record EndpointConfig(HostPort address, int weight) {}
