package dev.sluice.bench.peer;

import java.nio.file.Path;

/// A plugin that Sluice and Envoy both run.
///
/// @param name unique in its case
/// @param module the file with its code
/// @param rootId which of the module's plugins
/// @param config JSON
public record Plugin(String name, Path module, String rootId, String config) {}
