package dev.sluice.host.plugin;

import dev.sluice.abi.spi.MemoryBudget;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// How much linear memory all VMs hold, and may hold.
///
/// Thread: any.
public final class GuestMemoryUse {
    static final String EXHAUSTED = "guest_memory_exhausted";

    private final AtomicLong taken = new AtomicLong();
    private final Set<PluginVm> held = ConcurrentHashMap.newKeySet();
    private final long mostBytes;

    /// @param mostBytes what all VMs together may hold
    public GuestMemoryUse(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    void hold(PluginVm vm) {
        held.add(vm);
    }

    void release(PluginVm vm) {
        held.remove(vm);
    }

    long of(Bundle bundle) {
        return held.stream()
                .filter(vm -> vm.bundle() == bundle)
                .mapToLong(vm -> vm.wasm().memoryBytes())
                .sum();
    }

    /// What all VMs hold together, those that are being built too.
    public long total() {
        return taken.get();
    }

    /// How many VMs there are.
    public int vms() {
        return held.size();
    }

    /// What they may hold.
    public long most() {
        return mostBytes;
    }

    /// Opens the account of one VM, which begins with `bytes`.
    Share open(long bytes) {
        return new Share(bytes);
    }

    /// @throws AdmissionException when they hold too much
    void check(String label) {
        long sum = total();
        if (sum > mostBytes) {
            throw new AdmissionException(
                    EXHAUSTED,
                    ("plugin %s: all VMs would hold %d MiB of memory (settings.guestMemory allows"
                                    + " %d MiB): let plugins share a VM by vm.id, or raise it")
                            .formatted(label, sum >> 20, mostBytes >> 20));
        }
    }

    /// What does not fit is never counted, so that who asks for too much is in nobody's way.
    private boolean takeIfFits(long bytes) {
        long before = taken.get();
        while (before + bytes <= mostBytes) {
            if (taken.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = taken.get();
        }
        return false;
    }

    /// What one VM holds. While it is built it takes what it asks for, and is judged by [#check]
    /// when it is ready, so that an apply is refused with a reason; from then on it takes only what
    /// is left.
    ///
    /// Thread: the VM's.
    final class Share implements MemoryBudget {
        private long mine;
        private boolean bounded;

        private Share(long bytes) {
            mine = bytes;
            taken.addAndGet(bytes);
        }

        /// The VM is ready.
        void bind() {
            bounded = true;
        }

        @Override
        public boolean take(long bytes) {
            if (bounded && !takeIfFits(bytes)) {
                return false;
            }
            if (!bounded) {
                taken.addAndGet(bytes);
            }
            mine += bytes;
            return true;
        }

        @Override
        public void giveBack(long bytes) {
            mine -= bytes;
            taken.addAndGet(-bytes);
        }

        /// The VM is gone.
        void close() {
            giveBack(mine);
        }
    }
}
