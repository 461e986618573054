package dev.sluice.host.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a plugin applies.
///
/// @param plugin the plugin's name
/// @param targets at least one, none twice
/// @param phase earlier phases run first on requests, last on responses
/// @param priority within a phase, higher first; then by plugin name
/// @param enabled false to switch the plugin off here
/// @param configOverride null to run with the plugin's own configuration
public record BindingConfig(
        String plugin,
        List<Target> targets,
        Phase phase,
        int priority,
        boolean enabled,
        @Nullable PluginConfiguration configOverride) {
    public BindingConfig {
        targets = List.copyOf(targets);
    }
}
