package dev.sluice.abi.hostcall;

import dev.sluice.abi.engine.HostFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A function that guests may import.
///
/// @param name its name
/// @param type its type, as [dev.sluice.abi.engine.FunctionLink] writes types
/// @param binding what answers it in a VM, or null when nothing does yet
/// @param restricted whether it is refused while the guest starts or allocates
record HostCall(
        String name,
        String type,
        @Nullable Function<HostCalls, HostFunction> binding,
        boolean restricted) {

    /// One of proxy-wasm's.
    static HostCall proxy(String name, String type, Function<HostCalls, HostFunction> binding) {
        return new HostCall(name, type, binding, true);
    }

    /// One that may be called at any time.
    static HostCall always(String name, String type, Function<HostCalls, HostFunction> binding) {
        return new HostCall(name, type, binding, false);
    }

    /// One that answers the same whatever it is asked.
    static HostCall fixed(String name, String type, long[] answer) {
        return new HostCall(name, type, _ -> _ -> answer, false);
    }

    /// One that is known and answers `UNIMPLEMENTED`.
    static HostCall unimplemented(String name, String type) {
        return new HostCall(name, type, null, true);
    }
}
