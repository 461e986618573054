package dev.sluice.abi.hostcall;

import dev.sluice.abi.context.EffectiveContext;
import dev.sluice.abi.spi.Clock;

/// Time and ticks.
///
/// Thread: the VM's.
final class TimerCalls {
    private final EffectiveContext context;
    private final GuestMemory memory;
    private final Clock clock;

    TimerCalls(EffectiveContext context, GuestMemory memory, Clock clock) {
        this.context = context;
        this.memory = memory;
        this.clock = clock;
    }

    /// `proxy_get_current_time_nanoseconds(returnTime)`: writes a u64 since the Unix epoch.
    ///
    /// Returns `INVALID_MEMORY_ACCESS` when the return address is out of bounds.
    long[] currentTime(long[] arguments) {
        byte[] bytes = memory.array();
        if (GuestMemory.at(bytes, arguments[0], 8) < 0) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        GuestMemory.writeLong(bytes, arguments[0], clock.unixNanos());
        return Result.OK;
    }

    /// `proxy_set_tick_period_milliseconds(millis)`: the effective plugin ticks from now on; 0 ends
    /// it. Periods over 2³¹ - 1 count as that.
    long[] tickPeriod(long[] arguments) {
        int millis = (int) arguments[0];
        context.tickPeriod(millis < 0 ? Integer.MAX_VALUE : millis);
        return Result.OK;
    }
}
