package dev.sluice.abi.hostcall;

import dev.sluice.abi.BufferType;
import dev.sluice.abi.context.EffectiveContext;
import dev.sluice.abi.spi.BodyBuffer;
import org.jspecify.annotations.Nullable;

/// Bodies, configurations and the other byte buffers.
///
/// All return `BAD_ARGUMENT` for an unknown buffer type, `INVALID_MEMORY_ACCESS` when an address is
/// out of bounds, `NOT_FOUND` when the buffer is not there now.
///
/// Thread: the VM's.
final class BufferCalls {
    private static final long UNSIGNED = 0xFFFFFFFFL;
    private static final BufferType[] TYPES = BufferType.values();

    private final EffectiveContext context;
    private final GuestMemory memory;

    BufferCalls(EffectiveContext context, GuestMemory memory) {
        this.context = context;
        this.memory = memory;
    }

    /// `proxy_get_buffer_bytes(type, start, size, returnBytes, returnSize)`: a copy of a part.
    ///
    /// The part is clamped to the buffer's end; an empty one yields `OK` with size 0.
    long[] bytes(long[] arguments) {
        BufferType type = type(arguments[0]);
        if (type == null) {
            return Result.BAD_ARGUMENT;
        }
        if (GuestMemory.noWords(memory.array(), arguments[3], arguments[4])) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        byte[] configuration = configuration(type);
        BodyBuffer body = configuration == null ? context.body(type) : null;
        if (configuration == null && body == null) {
            return Result.NOT_FOUND;
        }
        int length = configuration == null ? length(body) : configuration.length;
        int start = (int) Math.min(arguments[1] & UNSIGNED, length);
        int count = (int) Math.min(arguments[2] & UNSIGNED, length - start);
        if (count == 0) {
            return memory.given(0, 0, arguments[3], arguments[4]);
        }
        int pointer = memory.allocate(count);
        if (pointer == 0) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        if (body == null) {
            System.arraycopy(configuration, start, memory.array(), pointer, count);
        } else {
            body.copy(start, memory.array(), pointer, count);
        }
        return memory.given(pointer, count, arguments[3], arguments[4]);
    }

    /// `proxy_get_buffer_status(type, returnLength, returnFlags)`: its length, and flags 0.
    long[] status(long[] arguments) {
        BufferType type = type(arguments[0]);
        if (type == null) {
            return Result.BAD_ARGUMENT;
        }
        byte[] bytes = memory.array();
        if (GuestMemory.noWords(bytes, arguments[1], arguments[2])) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        byte[] configuration = configuration(type);
        BodyBuffer body = context.body(type);
        if (configuration == null && body == null) {
            return Result.NOT_FOUND;
        }
        int length = configuration == null ? length(body) : configuration.length;
        GuestMemory.writeInt(bytes, arguments[1], length);
        GuestMemory.writeInt(bytes, arguments[2], 0);
        return Result.OK;
    }

    /// `proxy_set_buffer_bytes(type, start, size, bytes, count)`: edits a body at its front or end.
    ///
    /// `start` 0 drops `size` bytes and puts the new ones in front; a `start` at or past the end
    /// appends. Returns `BAD_ARGUMENT` for an edit in the middle and for buffers that do not
    /// change.
    long[] setBytes(long[] arguments) {
        BufferType type = type(arguments[0]);
        if (type == null) {
            return Result.BAD_ARGUMENT;
        }
        byte[] bytes = memory.array();
        int source = GuestMemory.at(bytes, arguments[3], arguments[4]);
        if (source < 0) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        BodyBuffer body = context.body(type);
        if (configuration(type) != null) {
            return Result.BAD_ARGUMENT;
        }
        if (body == null) {
            return Result.NOT_FOUND;
        }
        if (type == BufferType.HTTP_CALL_RESPONSE_BODY) {
            return Result.BAD_ARGUMENT;
        }
        long start = arguments[1] & UNSIGNED;
        int count = (int) arguments[4];
        if (start == 0) {
            int drop = (int) Math.min(arguments[2] & UNSIGNED, body.length());
            body.replaceFront(drop, bytes, source, count);
            return Result.OK;
        }
        if (start >= body.length()) {
            body.append(bytes, source, count);
            return Result.OK;
        }
        return Result.BAD_ARGUMENT;
    }

    /// `proxy_get_configuration(returnBytes, returnSize)`, ABI 0.1.0: the plugin's configuration
    /// while it is configured, else the VM's.
    long[] currentConfiguration(long[] arguments) {
        if (GuestMemory.noWords(memory.array(), arguments[0], arguments[1])) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        byte[] own = context.pluginConfiguration();
        byte[] found = own == null ? context.vmConfiguration() : own;
        return memory.give(found, 0, found.length, arguments[0], arguments[1]);
    }

    private byte @Nullable [] configuration(BufferType type) {
        return switch (type) {
            case VM_CONFIGURATION -> context.vmConfiguration();
            case PLUGIN_CONFIGURATION -> context.pluginConfiguration();
            case HTTP_REQUEST_BODY,
                    HTTP_RESPONSE_BODY,
                    DOWNSTREAM_DATA,
                    UPSTREAM_DATA,
                    HTTP_CALL_RESPONSE_BODY,
                    GRPC_RECEIVE_BUFFER,
                    CALL_DATA ->
                    null;
        };
    }

    private static int length(@Nullable BodyBuffer body) {
        return body == null ? 0 : body.length();
    }

    private static @Nullable BufferType type(long code) {
        int index = (int) code;
        return index < 0 || index >= TYPES.length ? null : TYPES[index];
    }
}
