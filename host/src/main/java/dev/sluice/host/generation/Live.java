package dev.sluice.host.generation;

import dev.sluice.host.config.ConfigDocument;
import dev.sluice.host.config.GatewayConfig;
import dev.sluice.host.config.HostPort;
import dev.sluice.host.config.ListenerConfig;
import dev.sluice.host.listener.Listener;
import dev.sluice.host.plugin.Bundle;
import dev.sluice.host.plugin.BundleSpec;
import dev.sluice.host.plugin.ModuleStore.Resolved;
import dev.sluice.host.route.Generation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/// What runs now, and what it was made of.
///
/// @param document as declared
/// @param modules what each module was resolved to
/// @param bundles those the generation names
/// @param listeners open sockets by configured address
/// @param plugins how each plugin runs
public record Live(
        Generation generation,
        ConfigDocument document,
        GatewayConfig config,
        SortedMap<String, Resolved> modules,
        Map<BundleSpec, Bundle> bundles,
        Map<HostPort, Listener> listeners,
        List<PluginStatus> plugins) {
    /// The open socket of a listener that the config declares.
    public Listener listener(ListenerConfig declared) {
        return Objects.requireNonNull(
                listeners.get(declared.address()), () -> declared.address() + " is not open");
    }

    /// Whether a plugin could not be loaded.
    boolean hasFailures() {
        return failures() > 0;
    }

    /// How many plugins could not be loaded.
    long failures() {
        return plugins.stream().filter(PluginStatus::hasFailed).count();
    }

    /// How one plugin runs.
    ///
    /// @param name the plugin
    /// @param module its module's resource
    /// @param state `live`, `unbound` or `failed`
    /// @param message why it failed, else empty
    public record PluginStatus(String name, String module, String state, String message) {
        boolean hasFailed() {
            return state.equals("failed");
        }
    }
}
