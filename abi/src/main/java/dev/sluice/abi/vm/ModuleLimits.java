package dev.sluice.abi.vm;

/// How big a module may be.
///
/// @param moduleBytes most bytes of the module
/// @param functions most functions it defines
/// @param bodyBytes most bytes of one function's body
/// @param locals most locals of one function, beside its parameters
/// @param tableElements most elements its tables begin with, together
/// @param memoryBytes most bytes its memory begins with
public record ModuleLimits(
        long moduleBytes,
        int functions,
        int bodyBytes,
        int locals,
        int tableElements,
        long memoryBytes) {
    /// Five times what big real plugins need, or more: 64 MiB, 100,000 functions of up to 256 KiB
    /// and 2,000 locals, 1,000,000 elements, 128 MiB.
    public static ModuleLimits defaults() {
        return new ModuleLimits(64L << 20, 100_000, 256 << 10, 2_000, 1_000_000, 128L << 20);
    }
}
