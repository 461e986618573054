package dev.sluice.host.config;

/// Finds the value of a secret by its name.
@FunctionalInterface
public interface SecretResolver {
    /// The value. Throws an unchecked exception of its own, without the value, when there is none.
    ///
    /// @param name of an [SecretConfig.Env] or [SecretConfig.File] of the same config
    String value(String name);
}
