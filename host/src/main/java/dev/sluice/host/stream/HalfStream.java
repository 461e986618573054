package dev.sluice.host.stream;

import dev.sluice.abi.FilterAction;
import dev.sluice.host.http.Body;
import dev.sluice.host.http.Fields;
import dev.sluice.host.http.Names;
import dev.sluice.host.stream.Stage.Hold;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/// One direction of an exchange: a message on its way through the filters to where it leaves.
///
/// A filter that stops holds its own part back; what stands behind it sees nothing of it. Reading
/// from the source stops while anything wants it stopped, counted, and toggles only between 0 and
/// 1.
///
/// Thread: the exchange's event loop.
final class HalfStream {
    /// What differs between the request's way and the response's.
    interface Direction {
        /// Calls filter `index` with the headers.
        FilterAction headers(int index, boolean endOfStream);

        /// Calls filter `index` with body bytes.
        FilterAction body(int index, Body body, boolean endOfStream);

        /// Calls filter `index` with the trailers.
        FilterAction trailers(int index, Fields trailers);

        /// The message's headers, for the length of a body that was changed while they were held.
        Fields fields();

        /// Headers leave.
        void sinkHeaders(boolean endOfStream);

        /// Body bytes leave; the buffer is transferred.
        void sinkData(ByteBuf data);

        /// The message ends.
        void sinkEnd(@Nullable Fields trailers);

        /// Stops reading from where the message comes from, or goes on.
        void pauseSource(boolean stop);

        /// A filter that buffers holds more than it may.
        void overflow(int index);

        /// A filter that buffers holds bytes while all exchanges of the loop hold too many.
        void overBudget(int index);

        /// A filter that holds the headers waits for the body.
        void bodyWanted();

        /// Whether a reply or a reset, asked for in the callback that just returned, has put an end
        /// to the message.
        boolean isVoid();

        /// Sends what has left.
        void flush();
    }

    private final Direction direction;
    private final Stage[] stages;
    private final int step;
    private int pauses;
    private boolean sinkFull;
    private boolean over;

    /// @param step 1 when messages pass filters from the first to the last, -1 the other way
    HalfStream(Direction direction, Stage[] stages, int step) {
        this.direction = direction;
        this.stages = stages;
        this.step = step;
    }

    /// Nothing of this half matters any more; what is held is dropped when the exchange ends.
    void abandon() {
        over = true;
        if (pauses > 0) {
            pauses = 0;
            direction.pauseSource(false);
        }
    }

    boolean isOver() {
        return over;
    }

    /// Where the message leaves takes no more for now, or goes on.
    ///
    /// @return whether that is news
    boolean sinkIsFull(boolean full) {
        if (over || full == sinkFull) {
            return false;
        }
        sinkFull = full;
        pause(full);
        return true;
    }

    /// Adds a reason not to read from the source, or takes one away.
    private void pause(boolean stop) {
        if (over) {
            return;
        }
        pauses += stop ? 1 : -1;
        if (pauses == (stop ? 1 : 0)) {
            direction.pauseSource(stop);
        }
    }

    /// Passes the headers on, from filter `from`.
    void headers(int from, boolean endOfStream) {
        for (int i = from; inside(i); i += step) {
            Stage stage = stages[i];
            stage.calling = true;
            FilterAction action = direction.headers(i, endOfStream);
            stage.calling = false;
            if (interrupted()) {
                return;
            }
            if (action != FilterAction.CONTINUE && !stage.takeResumed()) {
                holdHeaders(stage, action, endOfStream);
                return;
            }
            stage.resumed = false;
        }
        direction.sinkHeaders(endOfStream);
    }

    /// Passes body bytes on, from filter `from`; the buffer is transferred.
    void data(int from, ByteBuf data, boolean endOfStream) {
        ByteBuf bytes = data;
        for (int i = from; inside(i); i += step) {
            Stage stage = stages[i];
            if (stage.hold == Hold.ALL || stage.hold == Hold.TRAILERS) {
                stage.body.append(bytes);
                stage.ended |= endOfStream;
                stage.count();
                watch(stage);
                return;
            }
            if (!stage.readsBody) {
                continue;
            }
            stage.body.append(bytes);
            stage.calling = true;
            stage.inBody = true;
            FilterAction action = direction.body(i, stage.body, endOfStream);
            stage.inBody = false;
            stage.calling = false;
            if (interrupted()) {
                return;
            }
            boolean goesOn = action == FilterAction.CONTINUE || stage.takeResumed();
            stage.resumed = false;
            if (!goesOn) {
                hold(i, stage, action, endOfStream);
                return;
            }
            bytes = release(i, stage, endOfStream);
            if (interrupted()) {
                bytes.release();
                return;
            }
        }
        direction.sinkData(bytes);
        if (endOfStream && !interrupted()) {
            abandon();
            direction.sinkEnd(null);
        }
    }

    /// Passes the trailers on, from filter `from`: the body has ended without an end flag.
    void trailers(int from, Fields trailers) {
        for (int i = from; inside(i); i += step) {
            Stage stage = stages[i];
            if (stage.hold == Hold.ALL || stage.hold == Hold.TRAILERS) {
                stage.trailers = trailers;
                return;
            }
            stage.trailers = trailers;
            stage.calling = true;
            FilterAction action = direction.trailers(i, trailers);
            stage.calling = false;
            if (interrupted()) {
                return;
            }
            if (action != FilterAction.CONTINUE && !stage.takeResumed()) {
                stage.hold = Hold.TRAILERS;
                return;
            }
            stage.resumed = false;
            stage.trailers = null;
            if (stage.hold != Hold.NOTHING) {
                ByteBuf held = release(i, stage, false);
                if (interrupted() || !held.isReadable()) {
                    held.release();
                } else {
                    data(i + step, held, false);
                }
            }
            if (interrupted()) {
                return;
            }
        }
        abandon();
        direction.sinkEnd(trailers);
    }

    /// Lets what filter `index` holds go on.
    void resume(int index) {
        Stage stage = stages[index];
        if (stage.calling) {
            stage.resumed = true;
            return;
        }
        if (over || stage.hold == Hold.NOTHING) {
            return;
        }
        switch (stage.hold) {
            case NOTHING -> {}
            case ALL -> passHeaders(index, stage, index + step);
            case BODY -> resumeBody(index, stage);
            case TRAILERS -> resumeTrailers(index, stage);
        }
        if (!over) {
            direction.flush();
        }
    }

    /// Asks filter `index` once more about the headers that it holds.
    void again(int index) {
        Stage stage = stages[index];
        if (over || stage.hold != Hold.ALL) {
            return;
        }
        passHeaders(index, stage, index);
        if (!over) {
            direction.flush();
        }
    }

    /// Lets held headers go to filter `to`, and what stands behind them to `index`.
    private void passHeaders(int index, Stage stage, int to) {
        stage.hold = Hold.NOTHING;
        unwatch(stage);
        headers(to, stage.headersOnly);
        if (interrupted() || stage.headersOnly) {
            return;
        }
        if (stage.body.length() > 0 || stage.ended) {
            boolean ended = stage.ended;
            stage.ended = false;
            data(index, stage.body.take(), ended);
        }
        Fields trailers = stage.trailers;
        if (trailers != null && !interrupted()) {
            stage.trailers = null;
            trailers(index, trailers);
        }
    }

    private void resumeBody(int index, Stage stage) {
        boolean ended = stage.ended;
        ByteBuf held = release(index, stage, ended);
        if (interrupted() || stage.headersOnly) {
            held.release();
        } else if (held.isReadable() || ended) {
            data(index + step, held, ended);
        } else {
            held.release();
        }
    }

    private void resumeTrailers(int index, Stage stage) {
        Fields trailers = stage.trailers;
        stage.trailers = null;
        ByteBuf held = release(index, stage, false);
        if (interrupted() || !held.isReadable()) {
            held.release();
        } else {
            data(index + step, held, false);
        }
        if (trailers != null && !interrupted()) {
            trailers(index + step, trailers);
        }
    }

    /// Ends what the stage holds: headers leave first, the bytes are handed to the caller.
    private ByteBuf release(int index, Stage stage, boolean endOfStream) {
        boolean heldHeaders = stage.holdsHeaders;
        stage.holdsHeaders = false;
        stage.hold = Hold.NOTHING;
        stage.ended = false;
        unwatch(stage);
        if (heldHeaders) {
            if (stage.body.isChanged()) {
                adjustLength(stage, endOfStream);
            }
            headers(index + step, stage.headersOnly);
        }
        return interrupted() ? Unpooled.EMPTY_BUFFER : stage.body.take();
    }

    /// The length of a changed body is known when all of it is held; else no length can be told.
    private void adjustLength(Stage stage, boolean endOfStream) {
        if (endOfStream) {
            direction.fields().set(Names.CONTENT_LENGTH, Integer.toString(stage.body.length()));
        } else {
            direction.fields().remove(Names.CONTENT_LENGTH);
        }
    }

    private void holdHeaders(Stage stage, FilterAction action, boolean endOfStream) {
        stage.headersOnly = endOfStream;
        if (action == FilterAction.STOP_ITERATION && stage.readsBody) {
            stage.hold = Hold.BODY;
            stage.holdsHeaders = true;
            if (!endOfStream) {
                direction.bodyWanted();
            }
        } else {
            stage.hold = Hold.ALL;
        }
    }

    private void hold(int index, Stage stage, FilterAction action, boolean endOfStream) {
        if (stage.hold == Hold.NOTHING) {
            stage.hold = Hold.BODY;
        }
        stage.ended |= endOfStream;
        if (action == FilterAction.DROP) {
            stage.close();
            return;
        }
        stage.count();
        if (action == FilterAction.WATERMARK) {
            watch(stage);
        } else if (stage.isOverLimit()) {
            direction.overflow(index);
        } else if (stage.isOverBudget()) {
            direction.overBudget(index);
        }
    }

    private void watch(Stage stage) {
        if (!stage.pausing && (stage.isOverLimit() || stage.isOverBudget())) {
            stage.pausing = true;
            pause(true);
        }
    }

    private void unwatch(Stage stage) {
        stage.uncount();
        if (stage.pausing) {
            stage.pausing = false;
            pause(false);
        }
    }

    private boolean inside(int index) {
        return index >= 0 && index < stages.length;
    }

    private boolean interrupted() {
        return over || direction.isVoid();
    }
}
