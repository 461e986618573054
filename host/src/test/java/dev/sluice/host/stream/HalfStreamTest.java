package dev.sluice.host.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.FilterAction;
import dev.sluice.host.http.Body;
import dev.sluice.host.http.Fields;
import dev.sluice.host.loop.HeldBytes;
import dev.sluice.host.stats.LoopCounters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A message passes one filter that reads bodies, may hold 10 bytes, on a loop that may hold 4.
class HalfStreamTest {
    private final LoopCounters counters = new LoopCounters();
    private final Stage stage =
            new Stage(UnpooledByteBufAllocator.DEFAULT, 10, new HeldBytes(counters, 4));
    private final Way way = new Way();
    private final HalfStream half = new HalfStream(way, new Stage[] {stage}, 1);

    HalfStreamTest() {
        stage.readsBody = true;
    }

    @AfterEach
    void holdsNothingWhenItIsClosed() {
        stage.close();

        assertThat(counters.heldBytes).isZero();
    }

    @Test
    void headersHeldAlongWithTheTrailersLeaveFirst() {
        way.headers = FilterAction.STOP_ITERATION;
        way.body = FilterAction.BUFFER;
        way.trailers = FilterAction.STOP_ALL;

        half.headers(0, false);
        half.data(0, bytes("abc"), false);
        half.trailers(0, Fields.trailers());
        assertThat(way.events).containsExactly("body wanted");
        half.resume(0);

        assertThat(way.events)
                .containsExactly("body wanted", "headers", "abc", "end with trailers");
    }

    @Test
    void headersHeldUntilTheTrailersLeaveBeforeThem() {
        way.headers = FilterAction.STOP_ITERATION;
        way.body = FilterAction.BUFFER;

        half.headers(0, false);
        half.data(0, bytes("abc"), false);
        half.trailers(0, Fields.trailers());

        assertThat(way.events)
                .containsExactly("body wanted", "headers", "abc", "end with trailers");
    }

    @Test
    void wantsNoBodyForHeadersThatAreTheWholeMessage() {
        way.headers = FilterAction.STOP_ITERATION;

        half.headers(0, true);

        assertThat(way.events).isEmpty();
    }

    @Test
    void refusesABodyThatTheLoopHasNoRoomFor() {
        way.body = FilterAction.BUFFER;

        half.data(0, bytes("abcd"), false);
        assertThat(way.events).isEmpty();
        half.data(0, bytes("e"), false);

        assertThat(way.events).containsExactly("over budget");
        assertThat(counters.heldBytes).isEqualTo(5);
    }

    @Test
    void stopsReadingABodyThatTheLoopHasNoRoomForWhenTheFilterAsksForThat() {
        way.body = FilterAction.WATERMARK;

        half.data(0, bytes("abcde"), false);
        assertThat(way.events).containsExactly("pause");
        half.resume(0);

        assertThat(way.events).containsExactly("pause", "go on", "abcde", "flush");
        assertThat(counters.heldBytes).isZero();
    }

    @Test
    void bytesDroppedByTheFilterAreNotHeld() {
        way.body = FilterAction.DROP;

        half.data(0, bytes("abcde"), false);

        assertThat(way.events).isEmpty();
        assertThat(counters.heldBytes).isZero();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, US_ASCII);
    }

    /// The filter's answers, and what became of the message.
    private static final class Way implements HalfStream.Direction {
        private final List<String> events = new ArrayList<>();
        private final Fields fields = Fields.response();
        private FilterAction headers = FilterAction.CONTINUE;
        private FilterAction body = FilterAction.CONTINUE;
        private FilterAction trailers = FilterAction.CONTINUE;

        @Override
        public FilterAction headers(int index, boolean endOfStream) {
            return headers;
        }

        @Override
        public FilterAction body(int index, Body held, boolean endOfStream) {
            return body;
        }

        @Override
        public FilterAction trailers(int index, Fields last) {
            return trailers;
        }

        @Override
        public Fields fields() {
            return fields;
        }

        @Override
        public void sinkHeaders(boolean endOfStream) {
            events.add("headers");
        }

        @Override
        public void sinkData(ByteBuf data) {
            events.add(data.toString(US_ASCII));
            data.release();
        }

        @Override
        public void sinkEnd(@Nullable Fields last) {
            events.add(last == null ? "end" : "end with trailers");
        }

        @Override
        public void pauseSource(boolean stop) {
            events.add(stop ? "pause" : "go on");
        }

        @Override
        public void overflow(int index) {
            events.add("overflow");
        }

        @Override
        public void overBudget(int index) {
            events.add("over budget");
        }

        @Override
        public void bodyWanted() {
            events.add("body wanted");
        }

        @Override
        public boolean isVoid() {
            return false;
        }

        @Override
        public void flush() {
            events.add("flush");
        }
    }
}
