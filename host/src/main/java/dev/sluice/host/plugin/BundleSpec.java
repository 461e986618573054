package dev.sluice.host.plugin;

import dev.sluice.abi.Profile;
import dev.sluice.abi.VmLimits;
import dev.sluice.oci.Digest;
import java.util.List;
import java.util.Map;

/// The identity of a bundle: equal specs share their VMs, anything else gets its own.
///
/// @param vmId the configured VM id, or empty
/// @param module digest of the module's bytes
/// @param vmConfiguration as the guest gets it
/// @param plugins at least one, in order; several only when they name a common VM id
public record BundleSpec(
        String vmId,
        Digest module,
        Profile profile,
        VmLimits limits,
        Map<String, String> environment,
        Bytes vmConfiguration,
        List<PluginSpec> plugins) {
    public BundleSpec {
        environment = Map.copyOf(environment);
        plugins = List.copyOf(plugins);
    }

    /// This with other plugins.
    public BundleSpec with(List<PluginSpec> others) {
        return new BundleSpec(vmId, module, profile, limits, environment, vmConfiguration, others);
    }

    /// What its shared data is kept under.
    String sharedDataId() {
        return vmId.isEmpty() ? plugins.getFirst().name() : vmId;
    }

    /// For messages: the names of its plugins.
    String label() {
        return String.join(", ", plugins.stream().map(PluginSpec::name).toList());
    }
}
