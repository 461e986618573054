package dev.sluice.host.generation;

import dev.sluice.host.config.BindingConfig;
import dev.sluice.host.config.GatewayConfig;
import dev.sluice.host.config.Phase;
import dev.sluice.host.config.PluginConfiguration;
import dev.sluice.host.config.RouteAction;
import dev.sluice.host.config.RouteConfig;
import dev.sluice.host.config.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which plugins run for one combination of domain and route, how configured, in which order.
///
/// For one plugin the most specific binding wins: route, then upstream, then domain, then global.
final class BindingPlan {
    /// A plugin in a chain.
    ///
    /// @param plugin its name
    /// @param configuration what it is configured with there
    record Step(String plugin, PluginConfiguration configuration) {}

    private record Candidate(String name, BindingConfig binding, int scope) {}

    private static final Comparator<Candidate> CHAIN_ORDER =
            Comparator.<Candidate, Phase>comparing(each -> each.binding().phase())
                    .thenComparingInt(each -> -each.binding().priority())
                    .thenComparing(each -> each.binding().plugin())
                    .thenComparing(Candidate::name);

    private static final int GLOBAL = 0;
    private static final int DOMAIN = 1;
    private static final int UPSTREAM = 2;
    private static final int ROUTE = 3;
    private static final int NOWHERE = -1;

    private final GatewayConfig config;

    BindingPlan(GatewayConfig config) {
        this.config = config;
    }

    /// The steps of requests to `domain` that take `route`.
    ///
    /// @param domain null for hosts of no domain
    /// @param route null when no route matched
    List<Step> steps(@Nullable String domain, @Nullable String route) {
        String upstream = upstream(route);
        Map<String, Candidate> winners = new HashMap<>();
        config.bindings()
                .forEach((name, binding) -> {
                    int scope = scope(binding, domain, route, upstream);
                    Candidate candidate = new Candidate(name, binding, scope);
                    if (scope != NOWHERE) {
                        winners.merge(binding.plugin(), candidate, BindingPlan::stronger);
                    }
                });
        List<Candidate> running = new ArrayList<>(winners.values());
        running.removeIf(each -> !each.binding().enabled());
        running.sort(CHAIN_ORDER);
        return running.stream()
                .map(each ->
                        new Step(
                                each.binding().plugin(),
                                config.plugin(each.binding().plugin())
                                        .configurationFor(each.binding())))
                .toList();
    }

    /// Of two bindings of one plugin: the narrower scope, then the higher priority, then the name.
    private static Candidate stronger(Candidate a, Candidate b) {
        if (a.scope() != b.scope()) {
            return a.scope() > b.scope() ? a : b;
        }
        if (a.binding().priority() != b.binding().priority()) {
            return a.binding().priority() > b.binding().priority() ? a : b;
        }
        return a.name().compareTo(b.name()) <= 0 ? a : b;
    }

    private @Nullable String upstream(@Nullable String route) {
        RouteConfig declared = route == null ? null : config.routes().get(route);
        return declared != null && declared.action() instanceof RouteAction.ToUpstream(String name)
                ? name
                : null;
    }

    private static int scope(
            BindingConfig binding,
            @Nullable String domain,
            @Nullable String route,
            @Nullable String upstream) {
        int narrowest = NOWHERE;
        for (Target target : binding.targets()) {
            int scope =
                    switch (target) {
                        case Target.Global _ -> GLOBAL;
                        case Target.Domain(String name) -> name.equals(domain) ? DOMAIN : NOWHERE;
                        case Target.Upstream(String name) ->
                                name.equals(upstream) ? UPSTREAM : NOWHERE;
                        case Target.Route(String name) -> name.equals(route) ? ROUTE : NOWHERE;
                    };
            narrowest = Math.max(narrowest, scope);
        }
        return narrowest;
    }
}
