package dev.sluice.abi.engine;

import dev.sluice.abi.GuestFailure.Kind;
import dev.sluice.abi.spi.Clock;
import dev.sluice.abi.spi.MemoryBudget;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import run.endive.runtime.ConstantEvaluators;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmRuntimeException;
import run.endive.wasm.UninstantiableException;
import run.endive.wasm.types.ActiveDataSegment;
import run.endive.wasm.types.DataSegment;
import run.endive.wasm.types.PassiveDataSegment;

/// A guest's linear memory as one byte array of exactly its size.
///
/// The JVM's own array check is the wasm bounds check, and host calls read and write the array in
/// place. Growing replaces the array, which cannot be interrupted and leaves the old one to the
/// collector: the time it takes is limited for itself. Not for shared memories.
///
/// Thread: the VM's.
final class FlatMemory implements Memory {
    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);
    private static final VarHandle FLOATS = view(float[].class);
    private static final VarHandle DOUBLES = view(double[].class);

    private final int initialPages;
    private final int maximumPages;
    private final MemoryBudget budget;
    private final Clock clock;
    private long growthNanos = Long.MAX_VALUE;
    private byte[] bytes;
    private DataSegment[] segments = {};

    /// @param clock times growing
    FlatMemory(int initialPages, int maximumPages, MemoryBudget budget, Clock clock) {
        this.initialPages = initialPages;
        this.budget = budget;
        this.clock = clock;
        this.maximumPages = Math.min(maximumPages, RUNTIME_MAX_PAGES);
        this.bytes = new byte[initialPages * PAGE_SIZE];
    }

    /// The memory itself; valid until the guest grows it.
    byte[] array() {
        return bytes;
    }

    /// Lets the memory grow until that has taken so much CPU time; a guest that goes on growing is
    /// stopped.
    void grantGrowth(long nanos) {
        growthNanos = nanos;
    }

    @Override
    public int pages() {
        return bytes.length / PAGE_SIZE;
    }

    @Override
    public int initialPages() {
        return initialPages;
    }

    @Override
    public int maximumPages() {
        return maximumPages;
    }

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public int grow(int pages) {
        int before = pages();
        if (pages < 0 || pages > maximumPages - before) {
            return -1;
        }
        if (pages == 0) {
            return before;
        }
        if (growthNanos <= 0) {
            throw new GuestStopException(
                    Kind.BUDGET,
                    "CPU budget used up growing memory beyond " + bytes.length + " bytes");
        }
        long more = (long) pages * PAGE_SIZE;
        if (!budget.take(more)) {
            return -1;
        }
        long begun = clock.cpuNanos();
        try {
            bytes = Arrays.copyOf(bytes, (before + pages) * PAGE_SIZE);
        } catch (OutOfMemoryError _) {
            // It has cost full collections, which are no CPU time of this thread.
            growthNanos = 0;
            budget.giveBack(more);
            return -1;
        }
        growthNanos -= clock.cpuNanos() - begun;
        return before;
    }

    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments) {
        initialize(instance, dataSegments, 0);
    }

    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments, int memoryIndex) {
        segments = dataSegments;
        for (DataSegment segment : dataSegments) {
            if (segment instanceof ActiveDataSegment active && active.index() == memoryIndex) {
                byte[] data = active.data();
                int at =
                        (int)
                                ConstantEvaluators.computeConstantValue(
                                        instance, active.offsetInstructions())[0];
                if (at < 0 || at > bytes.length - data.length) {
                    throw new UninstantiableException("out of bounds memory access");
                }
                System.arraycopy(data, 0, bytes, at, data.length);
            }
        }
    }

    @Override
    public void initPassiveSegment(int segmentId, int target, int offset, int size) {
        write(target, segments[segmentId].data(), offset, size);
    }

    @Override
    public void drop(int segment) {
        segments[segment] = PassiveDataSegment.EMPTY;
    }

    @Override
    public void write(int address, byte[] data, int offset, int size) {
        try {
            Objects.checkFromIndexSize(offset, size, data.length);
            System.arraycopy(data, offset, bytes, address, size);
        } catch (IndexOutOfBoundsException _) {
            throw outside(address, size);
        }
    }

    @Override
    public byte[] readBytes(int address, int length) {
        try {
            Objects.checkFromIndexSize(address, length, bytes.length);
            return Arrays.copyOfRange(bytes, address, address + length);
        } catch (IndexOutOfBoundsException _) {
            throw outside(address, length);
        }
    }

    @Override
    public void copy(int target, int source, int size) {
        try {
            System.arraycopy(bytes, source, bytes, target, size);
        } catch (IndexOutOfBoundsException _) {
            throw outside(Math.max(target, source), size);
        }
    }

    @Override
    public void fill(byte value, int from, int to) {
        if (from < 0 || to < from || to > bytes.length) {
            throw outside(from, to - from);
        }
        Arrays.fill(bytes, from, to, value);
    }

    /// Nothing to do: the engine asks for it once, on a fresh array.
    @Override
    public void zero() {}

    @Override
    public byte read(int address) {
        try {
            return bytes[address];
        } catch (IndexOutOfBoundsException _) {
            throw outside(address, 1);
        }
    }

    @Override
    public void writeByte(int address, byte value) {
        try {
            bytes[address] = value;
        } catch (IndexOutOfBoundsException _) {
            throw outside(address, 1);
        }
    }

    @Override
    public short readShort(int address) {
        try {
            return (short) SHORTS.get(bytes, address);
        } catch (IndexOutOfBoundsException _) {
            throw outside(address, 2);
        }
    }

    @Override
    public long readU16(int address) {
        return readShort(address) & 0xFFFFL;
    }

    @Override
    public void writeShort(int address, short value) {
        try {
            SHORTS.set(bytes, address, value);
        } catch (IndexOutOfBoundsException _) {
            throw outside(address, 2);
        }
    }

    @Override
    public int readInt(int address) {
        try {
            return (int) INTS.get(bytes, address);
        } catch (IndexOutOfBoundsException _) {
            throw outside(address, 4);
        }
    }

    @Override
    public void writeI32(int address, int value) {
        try {
            INTS.set(bytes, address, value);
        } catch (IndexOutOfBoundsException _) {
            throw outside(address, 4);
        }
    }

    @Override
    public long readLong(int address) {
        try {
            return (long) LONGS.get(bytes, address);
        } catch (IndexOutOfBoundsException _) {
            throw outside(address, 8);
        }
    }

    @Override
    public void writeLong(int address, long value) {
        try {
            LONGS.set(bytes, address, value);
        } catch (IndexOutOfBoundsException _) {
            throw outside(address, 8);
        }
    }

    @Override
    public long readF32(int address) {
        return readInt(address);
    }

    @Override
    public float readFloat(int address) {
        try {
            return (float) FLOATS.get(bytes, address);
        } catch (IndexOutOfBoundsException _) {
            throw outside(address, 4);
        }
    }

    @Override
    public void writeF32(int address, float value) {
        try {
            FLOATS.set(bytes, address, value);
        } catch (IndexOutOfBoundsException _) {
            throw outside(address, 4);
        }
    }

    @Override
    public long readF64(int address) {
        return readLong(address);
    }

    @Override
    public double readDouble(int address) {
        try {
            return (double) DOUBLES.get(bytes, address);
        } catch (IndexOutOfBoundsException _) {
            throw outside(address, 8);
        }
    }

    @Override
    public void writeF64(int address, double value) {
        try {
            DOUBLES.set(bytes, address, value);
        } catch (IndexOutOfBoundsException _) {
            throw outside(address, 8);
        }
    }

    @Override
    @Deprecated(forRemoval = true)
    @SuppressWarnings({"removal", "InlineMeSuggester"}) // inherited
    public Object lock(int address) {
        return this;
    }

    @Override
    @Deprecated(forRemoval = true)
    @SuppressWarnings({"removal", "InlineMeSuggester"}) // inherited
    public int waitOn(int address, int expected, long timeout) {
        throw new WasmRuntimeException("expected shared memory");
    }

    @Override
    @Deprecated(forRemoval = true)
    @SuppressWarnings({"removal", "InlineMeSuggester"}) // inherited
    public int waitOn(int address, long expected, long timeout) {
        throw new WasmRuntimeException("expected shared memory");
    }

    @Override
    @Deprecated(forRemoval = true)
    @SuppressWarnings({"removal", "InlineMeSuggester"}) // inherited
    public int notify(int address, int maxThreads) {
        return 0;
    }

    private WasmRuntimeException outside(int address, int size) {
        return new WasmRuntimeException(
                "out of bounds memory access: %d bytes at 0x%x of %d"
                        .formatted(size, address, bytes.length));
    }

    private static VarHandle view(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
    }
}
