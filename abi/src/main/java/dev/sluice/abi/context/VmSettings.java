package dev.sluice.abi.context;

import dev.sluice.abi.VmLimits;

/// What all contexts of a VM share.
///
/// @param vmId property `plugin_vm_id`
/// @param vmConfiguration buffer 6; borrowed for the life of the VM, never changed
/// @param limits budgets of callbacks and calls
/// @param headersStopAlone whether header action 1 lets the body callbacks go on
@SuppressWarnings("ArrayRecordComponent") // bytes, never compared
public record VmSettings(
        String vmId, byte[] vmConfiguration, VmLimits limits, boolean headersStopAlone) {}
