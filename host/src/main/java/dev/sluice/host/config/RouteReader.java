package dev.sluice.host.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `routes`.
final class RouteReader {
    private static final List<Integer> BODILESS = List.of(204, 205, 304);

    private final Names names;

    RouteReader(Names names) {
        this.names = names;
    }

    @Nullable RouteConfig read(Section route) {
        route.later("rewrite", "retry", "errors");
        var domain = route.find("domain", value -> names.find(Kinds.DOMAINS, value));
        var match =
                route.read(
                        "match",
                        RouteMatchConfig.defaults(),
                        value -> value.section(MatchReader::read));
        var action = action(route);
        var timeout =
                route.read(
                        "timeout",
                        RouteConfig.DEFAULT_TIMEOUT,
                        value -> value.duration(Duration.ZERO, Duration.ofHours(24)));
        return action == null ? null : new RouteConfig(domain, match, action, timeout);
    }

    private @Nullable RouteAction action(Section route) {
        var kind = route.choice(List.of("upstream", "respond"), List.of("split", "redirect"));
        return switch (kind) {
            case "upstream" -> route.find(kind, this::toUpstream);
            case "respond" -> route.find(kind, value -> value.section(RouteReader::respond));
            case null, default -> null;
        };
    }

    private @Nullable RouteAction toUpstream(Value value) {
        var upstream = names.find(Kinds.UPSTREAMS, value);
        return upstream == null ? null : new RouteAction.ToUpstream(upstream);
    }

    private static @Nullable RouteAction respond(Section respond) {
        var status = respond.require("status", value -> value.integer(200, 599));
        var body = respond.read("body", "", Value::text);
        var contentType =
                respond.read("contentType", RouteAction.Respond.DEFAULT_CONTENT_TYPE, Value::line);
        if (status == null) {
            return null;
        }
        if (!body.isEmpty() && BODILESS.contains(status)) {
            respond.at()
                    .refuse(
                            ConfigError.CONFLICT,
                            "a response of status %d has no body; leave body out"
                                    .formatted(status));
            return null;
        }
        return new RouteAction.Respond(status, body, contentType);
    }
}
