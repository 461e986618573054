package dev.sluice.conformance;

import java.util.List;

/// A suite: rows about one part of Sluice.
public interface Area extends AutoCloseable {
    /// Its name on the command line.
    String name();

    /// Its rows, in the order they run.
    List<Row> rows();

    /// Ends what its rows share.
    @Override
    default void close() {}
}
