package dev.sluice.abi.hostcall;

import dev.sluice.abi.context.EffectiveContext;

/// Contexts and their end.
///
/// Thread: the VM's.
final class ContextCalls {
    private final EffectiveContext context;
    private final GuestMemory memory;

    ContextCalls(EffectiveContext context, GuestMemory memory) {
        this.context = context;
        this.memory = memory;
    }

    /// `proxy_set_effective_context(context)`: what host calls act on until the callback returns.
    ///
    /// Returns `BAD_ARGUMENT` for an unknown context, and changes nothing.
    long[] setEffective(long[] arguments) {
        return context.setEffective((int) arguments[0]) ? Result.OK : Result.BAD_ARGUMENT;
    }

    /// `proxy_done()`: the plugin that asked to wait is ready to be deleted.
    ///
    /// Returns `NOT_FOUND` when nothing waits for it.
    long[] done(long[] arguments) {
        return context.done() ? Result.OK : Result.NOT_FOUND;
    }

    /// `proxy_get_status(returnCode, returnMessage, returnSize)`: how the plugin's last failed call
    /// ended; the message only during that call's callback.
    ///
    /// Returns `INVALID_MEMORY_ACCESS` when a return address is out of bounds.
    long[] status(long[] arguments) {
        byte[] bytes = memory.array();
        if (GuestMemory.at(bytes, arguments[0], 4) < 0
                || GuestMemory.noWords(bytes, arguments[1], arguments[2])) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        byte[] message = context.statusMessage();
        long[] result = memory.give(message, 0, message.length, arguments[1], arguments[2]);
        GuestMemory.writeInt(memory.array(), arguments[0], context.statusCode());
        return result;
    }
}
