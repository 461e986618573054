package dev.sluice.bench;

import dev.sluice.bench.load.Latency;
import org.jspecify.annotations.Nullable;

/// What was measured of one peer in one case.
///
/// @param cpuMicros CPU time per request, lower quartile of the rounds
/// @param rps requests per second when saturated, median
/// @param latency at a steady rate, median of the rounds; null when it was not measured
/// @param rssMiB memory after the last round
/// @param allocBytes heap bytes that event loops allocate per request; null outside a JVM
record Figures(
        double cpuMicros,
        double rps,
        @Nullable Latency latency,
        double rssMiB,
        @Nullable Double allocBytes) {}
