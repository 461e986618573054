package dev.sluice.host.stream;

import dev.sluice.host.http.Body;
import dev.sluice.host.http.Fields;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// Where one direction of a stream stands at one filter: what the filter holds back.
///
/// Thread: the exchange's event loop.
final class Stage {
    /// What is held at this filter.
    enum Hold {
        /// Nothing; bytes pass as they come.
        NOTHING,
        /// The headers, and everything behind them unseen.
        ALL,
        /// The headers; the filter goes on seeing the body.
        HEADERS,
        /// Body bytes the filter has seen.
        DATA,
        /// The trailers, and the body in front of them.
        TRAILERS
    }

    final Body body;

    /// Most bytes held here.
    final int limit;

    Hold hold = Hold.NOTHING;
    boolean readsBody;

    /// The headers were the whole message.
    boolean headersOnly;

    /// The end of the body has arrived here.
    boolean ended;

    @Nullable Fields trailers;

    /// The filter's body callback is running.
    boolean inBody;

    /// The filter's callback is running; a resume is noted and takes effect when it returns.
    boolean calling;

    boolean resumed;

    /// This stage is a reason for the source not to be read.
    boolean pausing;

    Stage(ByteBufAllocator allocator, int limit) {
        body = new Body(allocator);
        this.limit = limit;
    }

    /// Whether a resume arrived during the callback that just returned.
    boolean takeResumed() {
        boolean was = resumed;
        resumed = false;
        return was;
    }

    void close() {
        body.close();
    }
}
