package dev.sluice.abi.engine;

/// An import and what answers it.
///
/// @param link the import
/// @param function what answers it
/// @param restricted whether the gate can close it
public record BoundImport(FunctionLink link, HostFunction function, boolean restricted) {}
