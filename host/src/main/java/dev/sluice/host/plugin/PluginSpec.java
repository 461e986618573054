package dev.sluice.host.plugin;

/// One plugin of a bundle, with the configuration that holds where it is bound.
///
/// @param name the plugin's name in the config
/// @param rootId which of a module's registered roots
/// @param configuration as the guest gets it
/// @param logLines most log lines per second
public record PluginSpec(String name, String rootId, Bytes configuration, int logLines) {}
