package dev.sluice.host.demo;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;

/// What a client of [Load] says on its connection, and how it judges the answers.
///
/// Thread: the load's event loop.
public interface Conversation {
    /// The next request; it is sent when the one before was answered.
    FullHttpRequest next();

    /// Judges the answer to the last request; the answer is borrowed.
    Verdict judge(FullHttpResponse answer);

    /// What an answer shows.
    sealed interface Verdict {
        /// All is as it should be.
        ///
        /// @param upstreamMicros how long the upstream took
        record Right(long upstreamMicros) implements Verdict {}

        /// It is no answer to what was asked.
        record Wrong(String why) implements Verdict {}

        /// Two generations show in it, or one that should be gone.
        record Mixed(String why) implements Verdict {}
    }
}
