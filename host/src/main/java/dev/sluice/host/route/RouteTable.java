package dev.sluice.host.route;

import dev.sluice.host.filter.Chain;
import dev.sluice.host.http.Authority;
import dev.sluice.host.http.Fields;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All routes by host: the domain with the exact host first, then the longest `*.suffix`, then
/// those that take every host.
///
/// Thread: immutable.
public final class RouteTable {
    private final Map<String, DomainRoutes> exact;
    private final Map<String, DomainRoutes> suffix;
    private final DomainRoutes everyHost;

    private RouteTable(
            Map<String, DomainRoutes> exact,
            Map<String, DomainRoutes> suffix,
            DomainRoutes everyHost) {
        this.exact = Map.copyOf(exact);
        this.suffix = Map.copyOf(suffix);
        this.everyHost = everyHost;
    }

    /// The route of a request with a normalised path; there is always one.
    public Route find(Fields request) {
        String path = request.path();
        int query = path.indexOf('?');
        return domain(request.authority())
                .find(request, query < 0 ? path : path.substring(0, query));
    }

    private DomainRoutes domain(String authority) {
        if (exact.isEmpty() && suffix.isEmpty()) {
            return everyHost;
        }
        String host = Authority.host(authority);
        DomainRoutes found = exact.get(host);
        int dot = host.indexOf('.');
        while (found == null && dot >= 0) {
            found = suffix.get(host.substring(dot));
            dot = host.indexOf('.', dot + 1);
        }
        return found == null ? everyHost : found;
    }

    /// Routes of one domain, in the order they are tried.
    ///
    /// @param entries the strictest first
    /// @param otherwise the answer when none matches
    public record DomainRoutes(List<Entry> entries, Route otherwise) {
        public DomainRoutes {
            entries = List.copyOf(entries);
        }

        /// Answers everything 404.
        public static DomainRoutes nothing() {
            byte[] body = "no config is live yet\n".getBytes(StandardCharsets.US_ASCII);
            var answer = new Route.Action.Respond(404, "text/plain", body, "no_config");
            return new DomainRoutes(List.of(), new Route("", Chain.empty(), answer, Duration.ZERO));
        }

        Route find(Fields request, String path) {
            for (Entry entry : entries) {
                if (entry.match().matches(request, path)) {
                    return entry.route();
                }
            }
            return otherwise;
        }
    }

    /// A route and what it takes.
    public record Entry(RouteMatch match, Route route) {}

    /// Collects domains for a table.
    public static final class Builder {
        private final Map<String, DomainRoutes> exact = new HashMap<>();
        private final Map<String, DomainRoutes> suffix = new HashMap<>();

        /// Routes of `host`, which is exact or `*.suffix`.
        public void add(String host, DomainRoutes routes) {
            if (host.startsWith("*.")) {
                suffix.put(host.substring(1), routes);
            } else {
                exact.put(host, routes);
            }
        }

        /// The table, with what is tried for every other host.
        public RouteTable build(DomainRoutes everyHost) {
            return new RouteTable(exact, suffix, everyHost);
        }
    }
}
