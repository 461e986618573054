package dev.sluice.conformance.subject;

import dev.sluice.abi.LogLevel;

/// A line of the log.
///
/// @param plugin who wrote it; empty for what the host says about a plugin that failed
/// @param rootId the writer's root id
/// @param vmId the writer's VM id
/// @param nanos when, on the clock of `System.nanoTime`
public record LogLine(
        LogLevel level, String plugin, String rootId, String vmId, String text, long nanos) {
    /// Whether a guest wrote it.
    public boolean fromGuest() {
        return !plugin.isEmpty();
    }
}
