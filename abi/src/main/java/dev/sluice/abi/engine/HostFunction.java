package dev.sluice.abi.engine;

import org.jspecify.annotations.Nullable;

/// A function that the host gives a guest.
///
/// Thread: the VM's.
@FunctionalInterface
public interface HostFunction {
    /// Runs it.
    ///
    /// @param arguments one `long` for each parameter, the low 32 bits where it is an i32; borrowed
    /// @return its result, borrowed until the next call, or null when it has none
    long @Nullable [] call(long[] arguments);
}
