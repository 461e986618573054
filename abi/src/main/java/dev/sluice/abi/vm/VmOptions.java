package dev.sluice.abi.vm;

import dev.sluice.abi.Profile;
import dev.sluice.abi.VmLimits;
import dev.sluice.abi.spi.MemoryBudget;
import java.util.Map;

/// What a VM is built with.
///
/// @param vmId property `plugin_vm_id`
/// @param environment what the guest sees as its environment
/// @param vmConfiguration buffer 6; borrowed for the life of the VM, never changed
/// @param limits how far it may go
/// @param profile whose behaviour it follows
/// @param memory asked before its memory grows
@SuppressWarnings("ArrayRecordComponent") // bytes, never compared
public record VmOptions(
        String vmId,
        Map<String, String> environment,
        byte[] vmConfiguration,
        VmLimits limits,
        Profile profile,
        MemoryBudget memory) {

    public VmOptions {
        environment = Map.copyOf(environment);
    }

    /// No id, no environment, no configuration, default limits, profile chosen by the module.
    public static VmOptions defaults() {
        return new VmOptions(
                "",
                Map.of(),
                new byte[0],
                VmLimits.defaults(),
                Profile.AUTO,
                MemoryBudget.UNLIMITED);
    }
}
