package dev.sluice.conformance;

/// Looks whether a row holds.
public interface Check {
    /// Returns when it holds.
    ///
    /// @throws AssertionError when it does not
    /// @throws LeftOutException when this machine cannot tell
    void run(Run run) throws Exception;
}
