package dev.sluice.abi.hostcall;

import dev.sluice.abi.GuestFailure.Kind;
import dev.sluice.abi.engine.GuestStopException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What language runtimes import beside proxy-wasm and WASI.
///
/// Thread: the VM's.
final class RuntimeCalls {
    private static final int LONGEST_TEXT = 1024;

    private final GuestMemory memory;

    RuntimeCalls(GuestMemory memory) {
        this.memory = memory;
    }

    /// `abort(message, file, line, column)` of AssemblyScript: traps.
    @SuppressWarnings("DoNotCallSuggester") // the guest may
    long @Nullable [] abort(long[] arguments) {
        throw new GuestStopException(
                Kind.TRAP,
                "abort: %s at %s:%d:%d"
                        .formatted(
                                text(arguments[0]),
                                text(arguments[1]),
                                arguments[2] & 0xFFFFFFFFL,
                                arguments[3] & 0xFFFFFFFFL));
    }

    /// `emscripten_notify_memory_growth(memory)`: nothing to do.
    long @Nullable [] memoryGrowth(long[] arguments) {
        return null;
    }

    /// `pthread_equal(first, second)`: whether two thread ids are the same.
    long[] threadEqual(long[] arguments) {
        return Result.of((int) arguments[0] == (int) arguments[1] ? 1 : 0);
    }

    /// An AssemblyScript string: UTF-16 with its length in bytes in front.
    private String text(long pointer) {
        byte[] bytes = memory.array();
        int at = (int) pointer;
        if (at < 4 || at > bytes.length) {
            return "(none)";
        }
        int length = GuestMemory.readInt(bytes, at - 4);
        if (length < 0 || length > LONGEST_TEXT || length > bytes.length - at) {
            return "(unreadable)";
        }
        return new String(bytes, at, length, StandardCharsets.UTF_16LE);
    }
}
