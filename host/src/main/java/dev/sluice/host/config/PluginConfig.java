package dev.sluice.host.config;

/// How a module runs.
///
/// @param module the module's name
/// @param configuration what the guest is configured with
/// @param rootId which of the module's plugins; empty for its only one
public record PluginConfig(
        String module,
        PluginConfiguration configuration,
        LimitsConfig limits,
        FailurePolicyConfig failurePolicy,
        VmConfig vm,
        String rootId,
        AdmissionConfig admission,
        Profile profile) {
    /// What the guest is configured with where `binding` applies: the plugin's own configuration,
    /// or the binding's override. An override that is a mapping is merged into a mapping by RFC
    /// 7396; any other takes its place.
    public PluginConfiguration configurationFor(BindingConfig binding) {
        var override = binding.configOverride();
        return override == null ? configuration : override.over(configuration);
    }
}
