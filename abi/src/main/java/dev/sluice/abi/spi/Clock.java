package dev.sluice.abi.spi;

/// Where time comes from, what a guest reads and what it used.
///
/// Thread: any.
public interface Clock {
    /// Nanoseconds since the Unix epoch.
    long unixNanos();

    /// Nanoseconds that never go backwards.
    long monotonicNanos();

    /// Nanoseconds of CPU time that the calling thread has used.
    long cpuNanos();
}
