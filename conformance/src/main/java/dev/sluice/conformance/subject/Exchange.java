package dev.sluice.conformance.subject;

import java.util.List;

/// A request under way.
public interface Exchange extends AutoCloseable {
    /// Sends a piece of the body.
    ///
    /// @param last whether the request ends with it
    void send(String piece, boolean last);

    /// Ends the request with trailers.
    void trailers(List<Field> fields);

    /// Waits for the whole answer.
    Answer answer();

    /// Whether the answer has begun to come.
    boolean isAnswered();

    /// The client goes away, unless it has been answered.
    @Override
    void close();
}
