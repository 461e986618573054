package dev.sluice.host.generation;

import dev.sluice.host.config.PathMatch;
import dev.sluice.host.config.RouteConfig;
import java.util.Comparator;
import java.util.Map;

/// Which of several routes that fit takes a request: exact path, then the longest prefix, then
/// regex; of equals the one with more conditions, then the one declared first.
final class RouteOrder {
    /// Orders routes by name; the order of equals is kept.
    static final Comparator<Map.Entry<String, RouteConfig>> STRICTEST_FIRST =
            Comparator.<Map.Entry<String, RouteConfig>>comparingInt(each -> kind(each.getValue()))
                    .thenComparingInt(each -> -prefixLength(each.getValue()))
                    .thenComparingInt(each -> -conditions(each.getValue()));

    private RouteOrder() {}

    private static int kind(RouteConfig route) {
        return switch (route.match().path()) {
            case PathMatch.Exact _ -> 0;
            case PathMatch.Prefix _ -> 1;
            case PathMatch.Regex _ -> 2;
        };
    }

    private static int prefixLength(RouteConfig route) {
        return route.match().path() instanceof PathMatch.Prefix(String prefix)
                ? prefix.length()
                : 0;
    }

    private static int conditions(RouteConfig route) {
        return route.match().headers().size() + (route.match().methods().isEmpty() ? 0 : 1);
    }
}
