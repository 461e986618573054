package dev.sluice.host.config;

/// When a registry is asked again what a reference means.
public enum UpdatePolicy {
    /// Never: the reference or the pin names a digest.
    PINNED,
    /// Not while what it meant the first time is in the data directory.
    IF_NOT_PRESENT
}
