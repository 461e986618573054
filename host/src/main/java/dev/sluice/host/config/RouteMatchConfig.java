package dev.sluice.host.config;

import java.util.List;
import java.util.Set;

/// What a request must be like to take a route.
///
/// @param path what its path must be like
/// @param methods any of them; empty for all
/// @param headers all of them
public record RouteMatchConfig(PathMatch path, Set<String> methods, List<HeaderMatch> headers) {
    public RouteMatchConfig {
        methods = Set.copyOf(methods);
        headers = List.copyOf(headers);
    }

    /// Every request.
    public static RouteMatchConfig defaults() {
        return new RouteMatchConfig(new PathMatch.Prefix("/"), Set.of(), List.of());
    }
}
