package dev.sluice.host.route;

import dev.sluice.host.upstream.Clusters;

/// An immutable, fully prepared form of one config; what an exchange takes when it starts.
///
/// @param id grows with every publish
/// @param hash of the canonical config
/// @param routes all routes with their chains
/// @param clusters all upstreams
public record Generation(long id, String hash, RouteTable routes, Clusters clusters) {}
