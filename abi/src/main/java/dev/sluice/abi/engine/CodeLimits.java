package dev.sluice.abi.engine;

/// How big a module may be before it is parsed.
///
/// @param moduleBytes most bytes of the module
/// @param functions most functions it defines
/// @param bodyBytes most bytes of one function's body
/// @param locals most locals of one function, beside its parameters
/// @param tableElements most elements its tables begin with, together
/// @param memoryBytes most bytes its memory begins with
public record CodeLimits(
        long moduleBytes,
        int functions,
        int bodyBytes,
        int locals,
        int tableElements,
        long memoryBytes) {}
