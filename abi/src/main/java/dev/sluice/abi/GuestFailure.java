package dev.sluice.abi;

import java.util.List;

/// Why a VM can no longer be entered.
///
/// @param kind what happened
/// @param callback the export that was running, such as `proxy_on_request_headers`
/// @param message one line for the operator
/// @param backtrace guest function names, innermost first; empty when unknown
public record GuestFailure(Kind kind, String callback, String message, List<String> backtrace) {
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

    public GuestFailure {
        backtrace = List.copyOf(backtrace);
    }
}
