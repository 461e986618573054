package dev.sluice.host.stream;

import dev.sluice.host.http.Body;
import dev.sluice.host.http.Fields;
import dev.sluice.host.loop.HeldBytes;
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
        /// Everything, unseen from the headers on.
        ALL,
        /// The body; the filter goes on seeing it.
        BODY,
        /// The trailers, and the body in front of them.
        TRAILERS
    }

    final Body body;

    private final int limit;

    Hold hold = Hold.NOTHING;

    /// The headers have not left, beside what `hold` says.
    boolean holdsHeaders;

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

    private final HeldBytes held;
    private int counted;

    /// @param held what all exchanges of the loop hold
    Stage(ByteBufAllocator allocator, int limit, HeldBytes held) {
        body = new Body(allocator);
        this.limit = limit;
        this.held = held;
    }

    /// Counts the body as held.
    void count() {
        held.add(body.length() - counted);
        counted = body.length();
    }

    /// What is in the body is not held any more.
    void uncount() {
        held.add(-counted);
        counted = 0;
    }

    /// Whether it holds as much as it may.
    boolean isOverLimit() {
        return body.length() > limit;
    }

    /// Whether all exchanges of the loop hold more than they may.
    boolean isOverBudget() {
        return held.isOver();
    }

    /// Whether a resume arrived during the callback that just returned.
    boolean takeResumed() {
        boolean was = resumed;
        resumed = false;
        return was;
    }

    /// Forgets what it holds: another message takes the place of the one it belonged to.
    void restart() {
        close();
        hold = Hold.NOTHING;
        holdsHeaders = false;
        ended = false;
        trailers = null;
    }

    void close() {
        uncount();
        body.close();
    }
}
