package dev.sluice.host.generation;

import dev.sluice.host.config.GatewayConfig;
import dev.sluice.host.config.HeaderMatch;
import dev.sluice.host.config.PathMatch;
import dev.sluice.host.config.RouteAction;
import dev.sluice.host.config.RouteConfig;
import dev.sluice.host.config.RouteMatchConfig;
import dev.sluice.host.filter.Chain;
import dev.sluice.host.route.Route;
import dev.sluice.host.route.RouteMatch;
import dev.sluice.host.route.RouteTable;
import dev.sluice.host.upstream.Cluster;
import dev.sluice.host.upstream.Clusters;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The route table of a config: for each domain its own routes, then those for every host.
final class RoutePlan {
    /// Finds the chain of one combination.
    interface Chains {
        /// Its chain.
        ///
        /// @param domain null for hosts of no domain
        /// @param route null when no route matched
        Chain chain(@Nullable String domain, @Nullable String route);
    }

    private final GatewayConfig config;
    private final Clusters clusters;
    private final Chains chains;
    private final List<Map.Entry<String, RouteConfig>> ordered;

    RoutePlan(GatewayConfig config, Clusters clusters, Chains chains) {
        this.config = config;
        this.clusters = clusters;
        this.chains = chains;
        ordered = config.routes().entrySet().stream().sorted(RouteOrder.STRICTEST_FIRST).toList();
    }

    RouteTable build() {
        var table = new RouteTable.Builder();
        config.domains()
                .forEach((name, domain) -> {
                    RouteTable.DomainRoutes routes = routes(name);
                    domain.hosts().forEach(host -> table.add(host, routes));
                });
        return table.build(routes(null));
    }

    private RouteTable.DomainRoutes routes(@Nullable String domain) {
        List<RouteTable.Entry> entries = new ArrayList<>();
        if (domain != null) {
            add(entries, domain, domain);
        }
        add(entries, domain, null);
        Route otherwise =
                new Route(
                        "",
                        chains.chain(domain, null),
                        respond(404, "text/plain", "no route matched\n", "route_not_found"),
                        Duration.ZERO);
        return new RouteTable.DomainRoutes(entries, otherwise);
    }

    private void add(
            List<RouteTable.Entry> entries, @Nullable String domain, @Nullable String owner) {
        for (Map.Entry<String, RouteConfig> each : ordered) {
            RouteConfig route = each.getValue();
            if (Objects.equals(route.domain(), owner)) {
                entries.add(
                        new RouteTable.Entry(
                                match(route.match()), route(each.getKey(), route, domain)));
            }
        }
    }

    private Route route(String name, RouteConfig route, @Nullable String domain) {
        return new Route(name, chains.chain(domain, name), action(route), route.timeout());
    }

    private Route.Action action(RouteConfig route) {
        return switch (route.action()) {
            case RouteAction.ToUpstream(String upstream) -> {
                Cluster cluster = clusters.byName().get(upstream);
                yield new Route.Action.Forward(Objects.requireNonNull(cluster, upstream));
            }
            case RouteAction.Respond(int status, String body, String contentType) ->
                    respond(status, contentType, body, "direct_response");
        };
    }

    private static Route.Action respond(
            int status, String contentType, String body, String details) {
        return new Route.Action.Respond(
                status, contentType, body.getBytes(StandardCharsets.UTF_8), details);
    }

    private static RouteMatch match(RouteMatchConfig match) {
        RouteMatch.Path path =
                switch (match.path()) {
                    case PathMatch.Exact(String text) -> new RouteMatch.Path.Exact(text);
                    case PathMatch.Prefix(String text) -> new RouteMatch.Path.Prefix(text);
                    case PathMatch.Regex(String text) ->
                            new RouteMatch.Path.Regex(Pattern.compile(text));
                };
        return new RouteMatch(
                path, match.methods(), match.headers().stream().map(RoutePlan::header).toList());
    }

    private static RouteMatch.Header header(HeaderMatch match) {
        AsciiString name = AsciiString.of(match.name());
        return switch (match.condition()) {
            case HeaderMatch.Condition.Present() ->
                    new RouteMatch.Header(name, RouteMatch.Header.Kind.PRESENT, "", null);
            case HeaderMatch.Condition.Exact(String text) ->
                    new RouteMatch.Header(name, RouteMatch.Header.Kind.EXACT, text, null);
            case HeaderMatch.Condition.Prefix(String text) ->
                    new RouteMatch.Header(name, RouteMatch.Header.Kind.PREFIX, text, null);
            case HeaderMatch.Condition.Regex(String text) ->
                    new RouteMatch.Header(
                            name, RouteMatch.Header.Kind.REGEX, text, Pattern.compile(text));
        };
    }
}
