package dev.sluice.abi.context;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The effects of one VM, in the order they were asked for.
///
/// An effect may let the host enter the guest again; what that entry stages goes to the end, and
/// the loop that is already draining carries it out.
///
/// Thread: the VM's.
final class EffectQueue {
    private final Deque<Effect> waiting = new ArrayDeque<>();
    private boolean draining;

    int size() {
        return waiting.size();
    }

    void add(Effect effect) {
        waiting.add(effect);
    }

    /// Forgets everything behind the first `size` effects.
    void truncate(int size) {
        while (waiting.size() > size) {
            waiting.removeLast();
        }
    }

    void clear() {
        waiting.clear();
    }

    /// Carries out all effects, unless a caller further up the stack is doing so; one that throws
    /// does not keep the rest from happening.
    void drain() {
        if (draining || waiting.isEmpty()) {
            return;
        }
        draining = true;
        RuntimeException first = null;
        try {
            for (Effect next = waiting.poll(); next != null; next = waiting.poll()) {
                first = attempt(next, first);
            }
        } finally {
            draining = false;
        }
        if (first != null) {
            throw first;
        }
    }

    private static @Nullable RuntimeException attempt(
            Effect effect, @Nullable RuntimeException first) {
        try {
            carryOut(effect);
            return first;
        } catch (RuntimeException e) {
            if (first == null) {
                return e;
            }
            first.addSuppressed(e);
            return first;
        }
    }

    private static void carryOut(Effect effect) {
        switch (effect) {
            case Effect.ResumeRequest(var stream) -> stream.resumeRequest();
            case Effect.ResumeResponse(var stream) -> stream.resumeResponse();
            case Effect.Reset(var stream) -> stream.reset();
            case Effect.Reply(var stream, var response) -> stream.sendLocalResponse(response);
            case Effect.Dispatch(var host, var call) -> host.dispatch(call);
            case Effect.Tick(var host, var millis) -> host.tickPeriod(millis);
            case Effect.Delete(var plugin) -> plugin.delete();
        }
    }
}
