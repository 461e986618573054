package dev.sluice.abi.spi;

/// Who is asked before a guest's memory grows.
///
/// Thread: the VM's.
public interface MemoryBudget {
    /// Grants every growth that the VM's own limit allows.
    MemoryBudget UNLIMITED =
            new MemoryBudget() {
                @Override
                public boolean take(long bytes) {
                    return true;
                }

                @Override
                public void giveBack(long bytes) {}
            };

    /// Takes memory, or answers false: then the guest's `memory.grow` answers -1.
    boolean take(long bytes);

    /// Returns what was taken and could not be used.
    void giveBack(long bytes);
}
