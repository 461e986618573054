package dev.sluice.abi.context;

/// What a plugin is told about itself.
///
/// @param name property `plugin_name`
/// @param rootId property `plugin_root_id`, which chooses the registered root in C++ and
///   AssemblyScript modules
/// @param configuration buffer 7; borrowed for the life of the plugin, never changed
@SuppressWarnings("ArrayRecordComponent") // bytes, never compared
public record PluginSettings(String name, String rootId, byte[] configuration) {}
