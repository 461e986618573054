package dev.sluice.abi.hostcall;

import dev.sluice.abi.context.EffectiveContext;
import dev.sluice.abi.spi.PluginHost;
import dev.sluice.abi.spi.SharedData;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Values shared by all VMs of one VM id.
///
/// Thread: the VM's.
final class SharedDataCalls {
    private final EffectiveContext context;
    private final GuestMemory memory;

    SharedDataCalls(EffectiveContext context, GuestMemory memory) {
        this.context = context;
        this.memory = memory;
    }

    /// `proxy_get_shared_data(key, keySize, returnValue, returnSize, returnCas)`: a copy of the
    /// value, and the number that a compare-and-set must name.
    ///
    /// Returns `NOT_FOUND` when there is none, `INVALID_MEMORY_ACCESS` when an address is out of
    /// bounds.
    long[] get(long[] arguments) {
        byte[] bytes = memory.array();
        int key = GuestMemory.at(bytes, arguments[0], arguments[1]);
        if (key < 0
                || GuestMemory.noWords(bytes, arguments[2], arguments[3])
                || GuestMemory.at(bytes, arguments[4], 4) < 0) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        PluginHost host = context.host();
        SharedData.Entry found =
                host == null ? null : host.sharedData().get(key(bytes, key, arguments[1]));
        if (found == null) {
            return Result.NOT_FOUND;
        }
        byte[] value = found.value();
        long[] result = memory.give(value, 0, value.length, arguments[2], arguments[3]);
        if (result[0] == Result.OK[0]) {
            GuestMemory.writeInt(memory.array(), arguments[4], found.cas());
        }
        return result;
    }

    /// `proxy_set_shared_data(key, keySize, value, valueSize, cas)`: stores a copy; `cas` 0 in any
    /// case.
    ///
    /// Returns `CAS_MISMATCH` when there is a value with another number, `INVALID_MEMORY_ACCESS`
    /// when an address is out of bounds.
    long[] set(long[] arguments) {
        byte[] bytes = memory.array();
        int key = GuestMemory.at(bytes, arguments[0], arguments[1]);
        int value = GuestMemory.at(bytes, arguments[2], arguments[3]);
        if (key < 0 || value < 0) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        PluginHost host = context.host();
        if (host == null) {
            return Result.INTERNAL_FAILURE;
        }
        byte[] copy = Arrays.copyOfRange(bytes, value, value + (int) arguments[3]);
        return Result.of(
                host.sharedData().set(key(bytes, key, arguments[1]), copy, (int) arguments[4]));
    }

    private static String key(byte[] bytes, int offset, long length) {
        return new String(bytes, offset, (int) length, StandardCharsets.ISO_8859_1);
    }
}
