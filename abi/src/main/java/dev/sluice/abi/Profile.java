package dev.sluice.abi;

/// Whose behaviour a VM follows where hosts differ.
public enum Profile {
    /// Chosen by the module's ABI marker: `0_2_100` is Higress, everything else Envoy.
    AUTO,
    /// Envoy's, with the tolerant supersets of the ABI decisions D2 to D4.
    ENVOY,
    /// Envoy's as Higress extends it: header action 1 stops the headers only.
    HIGRESS,
    /// Envoy's without the tolerance: an unknown import or a mistyped one refuses the module.
    STRICT
}
