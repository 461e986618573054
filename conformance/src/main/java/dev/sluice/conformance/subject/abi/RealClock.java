package dev.sluice.conformance.subject.abi;

import dev.sluice.abi.spi.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// The machine's time.
final class RealClock implements Clock {
    @Override
    public long unixNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }
}
