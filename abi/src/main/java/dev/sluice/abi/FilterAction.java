package dev.sluice.abi;

/// What the host does with a stream after a guest callback, the guest's answer already judged by
/// phase and profile.
public enum FilterAction {
    /// What was held and what has just arrived goes to the next filter.
    CONTINUE,
    /// Headers or trailers: hold them and everything behind them until the stream is resumed.
    STOP_ALL,
    /// Headers: hold them, and go on delivering the body to this filter.
    STOP_ITERATION,
    /// Data: keep it with what is held already; over the limit the stream is answered 413 or 500.
    BUFFER,
    /// Data: keep it with what is held already; over the limit the source stops being read.
    WATERMARK,
    /// Data: forget it.
    DROP,
    /// The VM had failed before this callback or failed in it: no guest code decided anything.
    FAILED
}
