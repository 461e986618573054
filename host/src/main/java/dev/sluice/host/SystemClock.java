package dev.sluice.host;

import dev.sluice.abi.spi.Clock;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;

/// The machine's clocks.
public enum SystemClock implements Clock {
    INSTANCE;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Override
    public long unixNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }

    @Override
    public long cpuNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }
}
