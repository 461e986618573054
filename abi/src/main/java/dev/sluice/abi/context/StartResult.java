package dev.sluice.abi.context;

import dev.sluice.abi.GuestFailure;

/// How the start of a plugin ended.
public sealed interface StartResult {
    /// It serves.
    record Started() implements StartResult {}

    /// The guest answered no.
    ///
    /// @param callback which export did
    record Refused(String callback) implements StartResult {}

    /// The guest failed, and its VM with it.
    ///
    /// @param failure why
    record Failed(GuestFailure failure) implements StartResult {}
}
