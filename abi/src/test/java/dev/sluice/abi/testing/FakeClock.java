package dev.sluice.abi.testing;

import dev.sluice.abi.spi.Clock;

/// A clock that stands still, but for a nanosecond of CPU time from one look to the next.
public final class FakeClock implements Clock {
    private long cpu;

    @Override
    public long unixNanos() {
        return 1_700_000_000_123_456_789L;
    }

    @Override
    public long monotonicNanos() {
        return 42_000_000_000L;
    }

    @Override
    public long cpuNanos() {
        return cpu++;
    }
}
