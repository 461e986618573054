package dev.sluice.host.filter;

import java.util.List;

/// The filters that requests of one domain, route and upstream pass, in order; responses pass them
/// in reverse.
///
/// @param sources in request order
public record Chain(List<FilterSource> sources) {
    private static final Chain EMPTY = new Chain(List.of());

    public Chain {
        sources = List.copyOf(sources);
    }

    /// The chain without filters.
    public static Chain empty() {
        return EMPTY;
    }
}
