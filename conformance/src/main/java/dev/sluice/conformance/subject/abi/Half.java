package dev.sluice.conformance.subject.abi;

import dev.sluice.abi.FilterAction;
import dev.sluice.abi.spi.BodyBuffer;
import dev.sluice.host.http.Fields;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// One direction of an exchange with one plugin on its way: what the plugin decides about head,
/// data and trailers is carried out.
final class Half {
    private final Side side;
    private final HeldBody body = new HeldBody();
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private @Nullable Fields trailers;
    private boolean headPassed;

    /// Nothing is told to the plugin until it resumes.
    private boolean stopped;

    private boolean holding;
    private boolean inBody;
    private boolean headEnds;
    private boolean ended;
    private boolean over;

    /// The plugin's callbacks, and what comes behind the plugin.
    interface Side {
        FilterAction onHeaders(boolean endOfStream);

        FilterAction onBody(int size, boolean endOfStream);

        FilterAction onTrailers();

        void passHead();

        void passData(byte[] bytes);

        void passEnd(@Nullable Fields trailers);

        void fail();
    }

    Half(Side side) {
        this.side = side;
    }

    void head(boolean endOfStream) {
        headEnds = endOfStream;
        switch (side.onHeaders(endOfStream)) {
            case CONTINUE -> passHead();
            case FAILED -> fail();
            default -> stopped = true;
        }
    }

    void data(byte[] bytes, boolean endOfStream) {
        ended = endOfStream;
        if (over) {
            return;
        }
        if (stopped) {
            waiting.writeBytes(bytes);
            return;
        }
        body.append(bytes, 0, bytes.length);
        inBody = true;
        FilterAction action = side.onBody(body.length(), endOfStream);
        inBody = false;
        holding = action == FilterAction.BUFFER || action == FilterAction.WATERMARK;
        switch (action) {
            case CONTINUE -> flush();
            case DROP -> body.take();
            case FAILED -> fail();
            default -> {}
        }
    }

    void trailers(Fields fields) {
        trailers = fields;
        ended = true;
        if (!over && !stopped) {
            tellTrailers();
        }
    }

    /// Lets go on what the plugin stopped.
    void resume() {
        if (over) {
            return;
        }
        if (stopped && !headPassed) {
            stopped = false;
            passHead();
            if (waiting.size() > 0 || (ended && trailers == null)) {
                byte[] bytes = waiting.toByteArray();
                waiting.reset();
                data(bytes, ended && trailers == null);
            }
            if (trailers != null && !stopped) {
                tellTrailers();
            }
        } else if (stopped || holding) {
            stopped = false;
            holding = false;
            flush();
        }
    }

    /// Nothing of this half goes any further.
    void end() {
        over = true;
    }

    boolean headPassed() {
        return headPassed;
    }

    @Nullable Fields trailers() {
        return trailers;
    }

    /// The body, in the body callback and while it is held for the plugin.
    @Nullable BodyBuffer body() {
        return inBody || holding ? body : null;
    }

    private void passHead() {
        if (over) {
            return;
        }
        headPassed = true;
        side.passHead();
        if (headEnds) {
            passEnd();
        }
    }

    private void tellTrailers() {
        switch (side.onTrailers()) {
            case CONTINUE -> flush();
            case FAILED -> fail();
            default -> stopped = true;
        }
    }

    private void flush() {
        if (over) {
            return;
        }
        if (body.length() > 0) {
            side.passData(body.take());
        }
        if (ended) {
            passEnd();
        }
    }

    private void passEnd() {
        over = true;
        side.passEnd(trailers);
    }

    private void fail() {
        over = true;
        side.fail();
    }
}
