package dev.sluice.abi.hostcall;

/// Foreign functions: there are none yet.
///
/// Thread: the VM's.
final class ForeignCalls {
    private final GuestMemory memory;

    ForeignCalls(GuestMemory memory) {
        this.memory = memory;
    }

    /// `proxy_call_foreign_function(name, nameSize, argument, argumentSize, returnResult,
    /// returnSize)`.
    ///
    /// Returns `NOT_FOUND`, or `INVALID_MEMORY_ACCESS` when an address is out of bounds.
    long[] call(long[] arguments) {
        byte[] bytes = memory.array();
        if (GuestMemory.at(bytes, arguments[0], arguments[1]) < 0
                || GuestMemory.at(bytes, arguments[2], arguments[3]) < 0) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        return Result.NOT_FOUND;
    }
}
