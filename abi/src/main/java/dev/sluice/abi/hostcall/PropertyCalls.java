package dev.sluice.abi.hostcall;

import dev.sluice.abi.ByteSink;
import dev.sluice.abi.ProxyStatus;
import dev.sluice.abi.context.EffectiveContext;
import dev.sluice.abi.spi.HttpStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Properties. A path is segments separated by NUL; one NUL behind the last is ignored.
///
/// Thread: the VM's.
final class PropertyCalls {
    private static final byte[] PLUGIN_NAME = ascii("plugin_name");
    private static final byte[] PLUGIN_ROOT_ID = ascii("plugin_root_id");
    private static final byte[] PLUGIN_VM_ID = ascii("plugin_vm_id");
    private static final byte[] PLUGIN_VM_MEMORY = ascii("plugin_vm_memory");

    private final EffectiveContext context;
    private final GuestMemory memory;
    private final ByteSink answer = new ByteSink();

    PropertyCalls(EffectiveContext context, GuestMemory memory) {
        this.context = context;
        this.memory = memory;
    }

    /// `proxy_get_property(path, pathSize, returnValue, returnSize)`: a copy of the value.
    ///
    /// Returns `NOT_FOUND` when there is none, `SERIALIZATION_FAILURE` when it has no form as
    /// bytes, as the empty path; `INVALID_MEMORY_ACCESS` when an address is out of bounds.
    long[] get(long[] arguments) {
        byte[] bytes = memory.array();
        int path = GuestMemory.at(bytes, arguments[0], arguments[1]);
        if (path < 0 || GuestMemory.noWords(bytes, arguments[2], arguments[3])) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        int length = trimmed(bytes, path, (int) arguments[1]);
        answer.clear();
        ProxyStatus status = find(bytes, path, length);
        if (status != ProxyStatus.OK) {
            return Result.of(status);
        }
        return memory.give(answer.bytes(), 0, answer.length(), arguments[2], arguments[3]);
    }

    /// `proxy_set_property(path, pathSize, value, valueSize)`: keeps a value for the other plugins
    /// of the effective stream.
    ///
    /// Returns `NOT_FOUND` in a root context, `BAD_ARGUMENT` when the property cannot be written,
    /// `INVALID_MEMORY_ACCESS` when an address is out of bounds.
    long[] set(long[] arguments) {
        byte[] bytes = memory.array();
        int path = GuestMemory.at(bytes, arguments[0], arguments[1]);
        int value = GuestMemory.at(bytes, arguments[2], arguments[3]);
        if (path < 0 || value < 0) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        HttpStream stream = context.stream();
        if (stream == null) {
            return Result.NOT_FOUND;
        }
        int length = trimmed(bytes, path, (int) arguments[1]);
        return Result.of(stream.setProperty(bytes, path, length, value, (int) arguments[3]));
    }

    private ProxyStatus find(byte[] bytes, int path, int length) {
        if (length == 0) {
            return ProxyStatus.SERIALIZATION_FAILURE;
        }
        if (length > PLUGIN_NAME.length - 1 && bytes[path] == 'p' && bytes[path + 6] == '_') {
            if (same(bytes, path, length, PLUGIN_NAME)) {
                return answer(context.pluginName());
            }
            if (same(bytes, path, length, PLUGIN_ROOT_ID)) {
                return answer(context.pluginRootId());
            }
            if (same(bytes, path, length, PLUGIN_VM_ID)) {
                return answer(context.vmId());
            }
            if (same(bytes, path, length, PLUGIN_VM_MEMORY)) {
                answer.putLong(bytes.length);
                return ProxyStatus.OK;
            }
        }
        return context.property(bytes, path, length, answer);
    }

    private ProxyStatus answer(byte[] value) {
        answer.putBytes(value, 0, value.length);
        return ProxyStatus.OK;
    }

    private static int trimmed(byte[] bytes, int path, int length) {
        return length > 0 && bytes[path + length - 1] == 0 ? length - 1 : length;
    }

    private static boolean same(byte[] bytes, int path, int length, byte[] name) {
        return Arrays.equals(bytes, path, path + length, name, 0, name.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
