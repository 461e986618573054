package dev.sluice.host.config;

import java.time.Duration;

/// Reads the `limits` of a plugin.
final class LimitsReader {
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    /// The most that one array can hold, in pages of 64 KiB.
    private static final ByteSize MAX_MEMORY = ByteSize.mib(2047);

    private LimitsReader() {}

    static LimitsConfig read(Section limits) {
        var defaults = LimitsConfig.defaults();
        return new LimitsConfig(
                limits.read(
                        "memory",
                        defaults.memory(),
                        value -> value.size(ByteSize.kib(64), MAX_MEMORY)),
                limits.read(
                        "callbackTime",
                        defaults.callbackTime(),
                        value -> value.duration(MILLISECOND, Duration.ofMinutes(1))),
                limits.read(
                        "startTime",
                        defaults.startTime(),
                        value -> value.duration(MILLISECOND, Duration.ofMinutes(10))),
                limits.read(
                        "hostCalls",
                        defaults.hostCalls(),
                        value -> value.integer(1, 1_000_000_000)),
                limits.read("logLines", defaults.logLines(), value -> value.integer(0, 1_000_000)),
                limits.read(
                        "calloutsPerStream",
                        defaults.calloutsPerStream(),
                        value -> value.integer(0, 10_000)),
                limits.read("callouts", defaults.callouts(), value -> value.integer(0, 1_000_000)),
                limits.read(
                        "bodyBuffer",
                        defaults.bodyBuffer(),
                        value -> value.size(ByteSize.kib(1), ByteSize.mib(1024))));
    }
}
