package dev.sluice.abi.spi;

/// Where a guest's time comes from.
///
/// Thread: any.
public interface Clock {
    /// Nanoseconds since the Unix epoch.
    long unixNanos();

    /// Nanoseconds that never go backwards.
    long monotonicNanos();
}
