package dev.sluice.host.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `bindings`.
final class BindingReader {
    private static final Words<Phase> PHASES = Words.of(Phase.class);
    private static final List<String> SCOPES = List.of("global", "domain", "upstream", "route");

    private final Names names;
    private final ConfigurationReader configurations;

    BindingReader(Names names, ConfigurationReader configurations) {
        this.names = names;
        this.configurations = configurations;
    }

    @Nullable BindingConfig read(Section binding) {
        var plugin = binding.require("plugin", value -> names.find(Kinds.PLUGINS, value));
        var targets = targets(binding);
        var phase = binding.read("phase", Phase.DEFAULT, value -> value.word(PHASES));
        int priority =
                binding.read(
                        "priority",
                        0,
                        value -> value.integer(-Integer.MAX_VALUE, Integer.MAX_VALUE));
        boolean enabled = binding.read("enabled", true, Value::bool);
        var override = binding.find("configOverride", configurations::read);
        return plugin == null || targets == null
                ? null
                : new BindingConfig(plugin, targets, phase, priority, enabled, override);
    }

    private @Nullable List<Target> targets(Section binding) {
        var kind = binding.choice(List.of("target", "targets"), List.of());
        return switch (kind) {
            case "target" -> {
                Target target = binding.find(kind, value -> value.section(this::target));
                yield target == null ? null : List.of(target);
            }
            case "targets" ->
                    binding.find(kind, value -> value.items(item -> item.section(this::target)));
            case null, default -> null;
        };
    }

    private @Nullable Target target(Section target) {
        var scope = target.choice(SCOPES, List.of());
        if (scope == null) {
            return null;
        }
        if (scope.equals("global")) {
            var global = target.find(scope, Value::onlyTrue);
            return global == null ? null : new Target.Global();
        }
        var name = target.find(scope, value -> names.find(scope + "s", value));
        if (name == null) {
            return null;
        }
        return switch (scope) {
            case "domain" -> new Target.Domain(name);
            case "upstream" -> new Target.Upstream(name);
            default -> new Target.Route(name);
        };
    }
}
