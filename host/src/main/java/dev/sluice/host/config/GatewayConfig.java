package dev.sluice.host.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// A whole config, every name in it resolved. Maps are in declared order and unmodifiable.
public record GatewayConfig(
        SettingsConfig settings,
        Map<String, ListenerConfig> listeners,
        Map<String, DomainConfig> domains,
        Map<String, RouteConfig> routes,
        Map<String, UpstreamConfig> upstreams,
        Map<String, ModuleConfig> modules,
        Map<String, PluginConfig> plugins,
        Map<String, BindingConfig> bindings,
        Map<String, SecretConfig> secrets) {
    public GatewayConfig {
        listeners = ordered(listeners);
        domains = ordered(domains);
        routes = ordered(routes);
        upstreams = ordered(upstreams);
        modules = ordered(modules);
        plugins = ordered(plugins);
        bindings = ordered(bindings);
        secrets = ordered(secrets);
    }

    /// What an empty document means: default settings and nothing else.
    public static GatewayConfig defaults() {
        return new GatewayConfig(
                SettingsConfig.defaults(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of());
    }

    /// The plugin of this name, which a checked config has wherever it is named.
    public PluginConfig plugin(String name) {
        return Objects.requireNonNull(plugins.get(name), name);
    }

    private static <T> Map<String, T> ordered(Map<String, T> resources) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(resources));
    }
}
