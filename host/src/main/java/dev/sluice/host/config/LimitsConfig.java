package dev.sluice.host.config;

import java.time.Duration;

/// How far one VM of a plugin may go.
///
/// @param memory most linear memory of a VM
/// @param callbackTime most CPU time in one callback
/// @param startTime most CPU time in start and configure, each
/// @param hostCalls most host calls in one callback
/// @param logLines most log lines of the plugin in a second; 0 for none
/// @param calloutsPerStream most outstanding call-outs of one stream; 0 for none
/// @param callouts most outstanding call-outs of a VM; 0 for none
/// @param bodyBuffer most of a body that is held back for the plugin
public record LimitsConfig(
        ByteSize memory,
        Duration callbackTime,
        Duration startTime,
        int hostCalls,
        int logLines,
        int calloutsPerStream,
        int callouts,
        ByteSize bodyBuffer) {
    /// 128 MiB, 50 ms, 10 s, 10,000 host calls, 1,000 lines, 16 and 1,000 call-outs, 1 MiB.
    public static LimitsConfig defaults() {
        return new LimitsConfig(
                ByteSize.mib(128),
                Duration.ofMillis(50),
                Duration.ofSeconds(10),
                10_000,
                1_000,
                16,
                1_000,
                ByteSize.mib(1));
    }
}
