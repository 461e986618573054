package dev.sluice.conformance.gate;

/// A part of a row: something that is done, or something that must have happened.
@FunctionalInterface
interface Step {
    /// Does it, or looks at it.
    ///
    /// @throws AssertionError when what must have happened has not
    void take(Stage stage);
}
