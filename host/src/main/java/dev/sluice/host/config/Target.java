package dev.sluice.host.config;

/// What a binding applies to; the most specific wins: route, upstream, domain, global.
public sealed interface Target {
    /// Every request.
    record Global() implements Target {}

    /// Requests to a domain.
    record Domain(String name) implements Target {}

    /// Requests that take a route.
    record Route(String name) implements Target {}

    /// Requests whose route leads to an upstream.
    record Upstream(String name) implements Target {}
}
