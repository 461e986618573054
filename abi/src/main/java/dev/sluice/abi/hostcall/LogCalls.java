package dev.sluice.abi.hostcall;

import dev.sluice.abi.LogLevel;
import dev.sluice.abi.context.EffectiveContext;

/// Logging.
///
/// Thread: the VM's.
final class LogCalls {
    private static final LogLevel[] LEVELS = LogLevel.values();
    private static final int MOST_BYTES = 16 << 10;

    private final EffectiveContext context;
    private final GuestMemory memory;

    LogCalls(EffectiveContext context, GuestMemory memory) {
        this.context = context;
        this.memory = memory;
    }

    /// `proxy_log(level, message, size)`: writes a line, 16 KiB of it at most, to the effective
    /// plugin's log.
    ///
    /// Returns `BAD_ARGUMENT` for an unknown level, `INVALID_MEMORY_ACCESS` when the message is out
    /// of bounds.
    long[] log(long[] arguments) {
        int level = (int) arguments[0];
        if (level < 0 || level >= LEVELS.length) {
            return Result.BAD_ARGUMENT;
        }
        byte[] bytes = memory.array();
        int message = GuestMemory.at(bytes, arguments[1], arguments[2]);
        if (message < 0) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        if (level >= context.log().logLevel().code()) {
            int length = (int) Math.min(arguments[2] & 0xFFFFFFFFL, MOST_BYTES);
            context.log().log(LEVELS[level], bytes, message, length);
        }
        return Result.OK;
    }

    /// `proxy_get_log_level(returnLevel)`: the least severe level that is kept.
    ///
    /// Returns `INVALID_MEMORY_ACCESS` when the return address is out of bounds.
    long[] level(long[] arguments) {
        byte[] bytes = memory.array();
        if (GuestMemory.at(bytes, arguments[0], 4) < 0) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        GuestMemory.writeInt(bytes, arguments[0], context.log().logLevel().code());
        return Result.OK;
    }
}
