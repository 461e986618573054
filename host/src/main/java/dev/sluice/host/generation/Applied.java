package dev.sluice.host.generation;

import dev.sluice.host.config.ConfigDiff;
import java.util.List;

/// What an apply came to.
///
/// @param generation the generation that runs now
/// @param hash of the config that runs now, or would
/// @param changes what changed
/// @param warnings what was accepted without effect until a restart
/// @param dryRun whether nothing was changed
public record Applied(
        long generation, String hash, ConfigDiff changes, List<String> warnings, boolean dryRun) {}
