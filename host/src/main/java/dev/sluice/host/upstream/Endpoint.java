package dev.sluice.host.upstream;

import java.net.InetSocketAddress;

/// One address of an upstream.
///
/// @param address may be unresolved; resolved when connected to
/// @param weight share of requests relative to its neighbours, at least 1
public record Endpoint(InetSocketAddress address, int weight) {}
