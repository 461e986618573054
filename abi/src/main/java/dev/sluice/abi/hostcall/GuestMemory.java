package dev.sluice.abi.hostcall;

import dev.sluice.abi.callback.GuestCallbacks;
import dev.sluice.abi.engine.GuestInstance;
import dev.sluice.abi.engine.HostGate;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The guest's memory as host calls use it: every address checked, and memory of the guest's own
/// for what is handed to it.
///
/// Thread: the VM's.
final class GuestMemory {
    private static final long UNSIGNED = 0xFFFFFFFFL;
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final GuestInstance instance;
    private final GuestCallbacks callbacks;
    private final HostGate gate;

    GuestMemory(GuestInstance instance, GuestCallbacks callbacks, HostGate gate) {
        this.instance = instance;
        this.callbacks = callbacks;
        this.gate = gate;
    }

    /// The memory; another array after every allocation.
    byte[] array() {
        return instance.memory();
    }

    /// Where a guest's range begins in `memory`: 0 when it is empty, -1 when it is not inside.
    static int at(byte[] memory, long pointer, long length) {
        long size = length & UNSIGNED;
        if (size == 0) {
            return 0;
        }
        long begin = pointer & UNSIGNED;
        return begin + size > memory.length ? -1 : (int) begin;
    }

    /// Whether one of the addresses has no room for 4 bytes.
    static boolean noWords(byte[] memory, long first, long second) {
        return at(memory, first, 4) < 0 || at(memory, second, 4) < 0;
    }

    static int readInt(byte[] memory, int at) {
        return (int) INTS.get(memory, at);
    }

    static void writeInt(byte[] memory, long at, int value) {
        INTS.set(memory, (int) at, value);
    }

    static void writeLong(byte[] memory, long at, long value) {
        LONGS.set(memory, (int) at, value);
    }

    /// Makes the guest allocate, during which it may hardly call the host.
    ///
    /// @param bytes more than 0
    /// @return an address with room for them, or 0
    int allocate(int bytes) {
        gate.refuse();
        int pointer;
        try {
            pointer = callbacks.allocate(bytes);
        } finally {
            gate.open();
        }
        return Math.max(at(array(), pointer, bytes), 0);
    }

    /// Gives the guest a copy of some bytes.
    ///
    /// @param pointerWord where the address goes, checked
    /// @param sizeWord where the length goes, checked
    long[] give(byte[] source, int offset, int length, long pointerWord, long sizeWord) {
        if (length == 0) {
            return given(0, 0, pointerWord, sizeWord);
        }
        int pointer = allocate(length);
        if (pointer == 0) {
            return Result.INVALID_MEMORY_ACCESS;
        }
        System.arraycopy(source, offset, array(), pointer, length);
        return given(pointer, length, pointerWord, sizeWord);
    }

    /// Tells the guest where what it was given lies.
    long[] given(int pointer, int length, long pointerWord, long sizeWord) {
        byte[] memory = array();
        writeInt(memory, pointerWord, pointer);
        writeInt(memory, sizeWord, length);
        return Result.OK;
    }
}
