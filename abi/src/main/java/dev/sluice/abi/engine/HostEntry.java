package dev.sluice.abi.engine;

import dev.sluice.abi.GuestFailure.Kind;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.WasmEngineException;

/// The way from a guest into one host function: one class for all of them, so that the engine's
/// call site stays monomorphic.
///
/// Thread: the VM's.
final class HostEntry implements WasmFunctionHandle {
    private final HostGate gate;
    private final BoundImport bound;
    private final HostFunction function;
    private final boolean restricted;

    HostEntry(HostGate gate, BoundImport bound) {
        this.gate = gate;
        this.bound = bound;
        this.function = bound.function();
        this.restricted = bound.restricted();
    }

    @Override
    public long @Nullable [] apply(Instance instance, long... arguments) {
        if (!gate.pass(restricted)) {
            return gate.refusal(bound.link().name());
        }
        try {
            return function.call(arguments);
        } catch (GuestStopException | WasmEngineException e) {
            throw e;
        } catch (RuntimeException e) {
            String message = "%s: %s".formatted(bound.link().name(), e);
            throw new GuestStopException(Kind.HOST, message, e);
        }
    }
}
