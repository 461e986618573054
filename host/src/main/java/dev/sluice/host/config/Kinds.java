package dev.sluice.host.config;

import java.util.List;

/// The members of a config document: the settings and the maps of resources.
final class Kinds {
    static final String SETTINGS = "settings";
    static final String LISTENERS = "listeners";
    static final String DOMAINS = "domains";
    static final String SECRETS = "secrets";
    static final String UPSTREAMS = "upstreams";
    static final String ROUTES = "routes";
    static final String MODULES = "modules";
    static final String PLUGINS = "plugins";
    static final String BINDINGS = "bindings";

    /// The maps of named resources.
    static final List<String> NAMED =
            List.of(LISTENERS, DOMAINS, SECRETS, UPSTREAMS, ROUTES, MODULES, PLUGINS, BINDINGS);

    private Kinds() {}

    /// A resource of that kind, as a message calls it.
    static String singular(String kind) {
        return kind.substring(0, kind.length() - 1);
    }
}
