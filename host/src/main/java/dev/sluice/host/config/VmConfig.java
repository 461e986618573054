package dev.sluice.host.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The VM a plugin runs in.
///
/// @param id plugins that name the same share a VM; empty for one of its own
/// @param env the guest's environment, in declared order; nothing is inherited
/// @param configuration what the VM is started with
public record VmConfig(String id, Map<String, String> env, PluginConfiguration configuration) {
    public VmConfig {
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }

    /// A VM of its own with an empty environment and no configuration.
    public static VmConfig defaults() {
        return new VmConfig("", Map.of(), new PluginConfiguration.Absent());
    }
}
