package dev.sluice.abi.vm;

/// How big a module may be.
///
/// @param moduleBytes most bytes of the module
/// @param functions most functions it defines
/// @param tableElements most elements its tables begin with
/// @param memoryBytes most bytes its memory begins with
public record ModuleLimits(long moduleBytes, int functions, int tableElements, long memoryBytes) {
    /// 64 MiB, 100,000 functions, 1,000,000 elements, 128 MiB.
    public static ModuleLimits defaults() {
        return new ModuleLimits(64L << 20, 100_000, 1_000_000, 128L << 20);
    }
}
