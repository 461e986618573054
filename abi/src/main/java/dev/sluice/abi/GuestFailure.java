package dev.sluice.abi;

import java.util.List;
import java.util.function.Supplier;

/// Why a VM can no longer be entered.
///
/// @param kind what happened
/// @param callback the export that was running, such as `proxy_on_request_headers`
/// @param message one line for the operator
/// @param frames finds [#backtrace] out, which takes long for who only wants to go on
public record GuestFailure(
        Kind kind, String callback, String message, Supplier<List<String>> frames) {
    /// What kinds of end there are.
    public enum Kind {
        /// The guest executed a trapping instruction, or a host call found its memory unusable.
        TRAP,
        /// The callback used up its CPU budget and was interrupted.
        BUDGET,
        /// The callback made more host calls than it may.
        HOST_CALLS,
        /// The call stack was exhausted.
        STACK_OVERFLOW,
        /// The guest called `proc_exit`.
        EXIT,
        /// The host itself failed inside a host call.
        HOST
    }

    /// Guest function names, innermost first; empty when unknown. May be asked from any thread.
    public List<String> backtrace() {
        return List.copyOf(frames.get());
    }
}
