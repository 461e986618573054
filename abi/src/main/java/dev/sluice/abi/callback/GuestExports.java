package dev.sluice.abi.callback;

import dev.sluice.abi.engine.FunctionLink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which callbacks a module exports, and where they are.
///
/// Thread: any.
@SuppressWarnings("EnumOrdinal") // an array read for every call into the guest
public final class GuestExports {
    private static final Callback[] ALL = Callback.values();

    private final int[] indices = new int[ALL.length];
    private final int[] arities = new int[ALL.length];
    private final List<String> mistyped = new ArrayList<>();

    /// @param exports the exported functions by name
    public GuestExports(Map<String, FunctionLink> exports) {
        Arrays.fill(indices, -1);
        for (Callback callback : ALL) {
            FunctionLink found = exports.get(callback.exportName());
            if (found != null) {
                add(callback, found);
            }
        }
    }

    /// Exports of a callback's name that cannot be called, one line each.
    public List<String> mistyped() {
        return List.copyOf(mistyped);
    }

    /// Whether the host can give the guest memory of its own.
    public boolean hasAllocator() {
        return allocator() != null;
    }

    /// Whether the callback is exported.
    public boolean has(Callback callback) {
        return index(callback) >= 0;
    }

    /// `proxy_on_memory_allocate` before `malloc`: a TinyGo guest never collects what its `malloc`
    /// gave.
    public @Nullable Callback allocator() {
        if (has(Callback.MEMORY_ALLOCATE)) {
            return Callback.MEMORY_ALLOCATE;
        }
        return has(Callback.MALLOC) ? Callback.MALLOC : null;
    }

    int index(Callback callback) {
        return indices[callback.ordinal()];
    }

    int arity(Callback callback) {
        return arities[callback.ordinal()];
    }

    private void add(Callback callback, FunctionLink found) {
        if (callback.accepts(found.type())) {
            indices[callback.ordinal()] = found.index();
            arities[callback.ordinal()] = found.type().indexOf(':');
        } else if (callback != Callback.MAIN && callback != Callback.MAIN_VOID) {
            mistyped.add(
                    "%s: %s (expected: %s)"
                            .formatted(
                                    callback.exportName(), found.type(), callback.expectedType()));
        }
    }
}
