package dev.sluice.host.config;

/// Where code comes from.
///
/// @param pin what it must be
/// @param policy when the source is asked again
public record ModuleConfig(ModuleSource source, Pin pin, UpdatePolicy policy) {}
