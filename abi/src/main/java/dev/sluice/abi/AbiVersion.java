package dev.sluice.abi;

/// Which version of the ABI a module declares by its marker export.
public enum AbiVersion {
    V0_1_0,
    V0_2_0,
    V0_2_1,
    /// Higress' own.
    V0_2_100;

    /// The export that declares it.
    public String marker() {
        return "proxy_abi_version_" + name().substring(1);
    }

    @Override
    public String toString() {
        return name().substring(1).replace('_', '.');
    }
}
