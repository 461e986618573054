package dev.sluice.host.plugin;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// How much linear memory all VMs hold, and may hold.
///
/// Thread: any; a VM that grows meanwhile shows a moment late.
public final class GuestMemoryUse {
    static final String EXHAUSTED = "guest_memory_exhausted";

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

    /// What all VMs hold together.
    public long total() {
        return held.stream().mapToLong(vm -> vm.wasm().memoryBytes()).sum();
    }

    /// How many VMs there are.
    public int vms() {
        return held.size();
    }

    /// What they may hold.
    public long most() {
        return mostBytes;
    }

    /// @throws AdmissionException when `more` bytes would be too many
    void check(String label, long more) {
        long sum = total() + more;
        if (sum > mostBytes) {
            throw new AdmissionException(
                    EXHAUSTED,
                    ("plugin %s: all VMs would hold %d MiB of memory (settings.guestMemory allows"
                                    + " %d MiB): let plugins share a VM by vm.id, or raise it")
                            .formatted(label, sum >> 20, mostBytes >> 20));
        }
    }
}
