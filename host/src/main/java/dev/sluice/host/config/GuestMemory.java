package dev.sluice.host.config;

/// The memory budget of all VMs together.
public sealed interface GuestMemory {
    /// The budget in a process whose heap may grow to `maxHeap` bytes.
    long bytes(long maxHeap);

    /// Half the heap.
    static GuestMemory defaults() {
        return new Share(0.5);
    }

    /// A part of the heap.
    ///
    /// @param ofHeap more than 0, less than 1
    record Share(double ofHeap) implements GuestMemory {
        @Override
        public long bytes(long maxHeap) {
            return (long) (maxHeap * ofHeap);
        }
    }

    /// The same on every machine.
    record Fixed(ByteSize size) implements GuestMemory {
        @Override
        public long bytes(long maxHeap) {
            return size.bytes();
        }
    }
}
