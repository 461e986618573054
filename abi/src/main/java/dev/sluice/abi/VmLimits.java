package dev.sluice.abi;

import java.time.Duration;

/// How far one VM may go before it is stopped.
///
/// @param memoryBytes most bytes of linear memory; rounded down to 64 KiB pages
/// @param callbackBudget most CPU time of the entering thread in one callback
/// @param startBudget most CPU time in `_initialize`, `_start`, `proxy_on_vm_start` and
///   `proxy_on_configure`, each
/// @param hostCalls most host calls in one callback
/// @param calloutsPerStream most outstanding HTTP call-outs of one stream
/// @param callouts most outstanding HTTP call-outs of the VM
public record VmLimits(
        long memoryBytes,
        Duration callbackBudget,
        Duration startBudget,
        int hostCalls,
        int calloutsPerStream,
        int callouts) {

    /// 128 MiB, 50 ms, 10 s, 10,000 host calls, 16 and 1,000 call-outs.
    public static VmLimits defaults() {
        return new VmLimits(
                128L << 20, Duration.ofMillis(50), Duration.ofSeconds(10), 10_000, 16, 1_000);
    }
}
