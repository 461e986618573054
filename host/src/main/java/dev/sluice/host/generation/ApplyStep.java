package dev.sluice.host.generation;

/// The steps of an apply, in order.
public enum ApplyStep {
    /// Resolves references and pulls what is not on disk.
    RESOLVE,
    /// Compiles new code.
    COMPILE,
    /// Starts and configures new VMs.
    ADMIT,
    /// Runs new code on requests that nobody sent.
    WARM_UP,
    /// Binds new addresses.
    BIND,
    /// Writes the record to disk; what fails before or in it has changed nothing.
    COMMIT,
    /// Makes the generation current.
    PUBLISH,
    /// Waits until no loop reads the one before.
    BARRIER,
    /// Ends what the new generation does not name.
    RETIRE
}
