package dev.sluice.conformance.swap;

import dev.sluice.host.demo.Conversation;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/// Asks through the witnesses, and holds their testimony against the promise.
///
/// Thread: the load's event loop; [#last] from any.
final class WitnessConversation implements Conversation {
    private static final byte[] BODY = "said\n".getBytes(StandardCharsets.US_ASCII);

    private final int connection;
    private final Timeline timeline;
    private int number;
    private int oldest;
    private volatile int last;

    WitnessConversation(int connection, Timeline timeline) {
        this.connection = connection;
        this.timeline = timeline;
    }

    /// The newest generation it has seen.
    int last() {
        return last;
    }

    @Override
    public FullHttpRequest next() {
        number++;
        oldest = timeline.oldest();
        var request =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.POST,
                        path(),
                        Unpooled.wrappedBuffer(BODY));
        request.headers().set("host", "localhost").set("transfer-encoding", "chunked");
        return request;
    }

    @Override
    public Verdict judge(FullHttpResponse answer) {
        String body = answer.content().toString(StandardCharsets.UTF_8);
        if (answer.status().code() != 200 || !body.startsWith("POST " + path() + "\n")) {
            return new Verdict.Wrong(
                    "%s, not the answer to %s: %s".formatted(answer.status(), path(), body));
        }
        var testimony = new Testimony(answer);
        int generation = testimony.generation();
        if (generation < 0 || testimony.upstream() != Witness.upstream(generation)) {
            return new Verdict.Mixed("more than one generation, or none: " + testimony);
        }
        if (!testimony.isOf(timeline.build(generation))) {
            return mixed(generation, "with the code of another: " + testimony);
        }
        if (generation < last) {
            return mixed(generation, "after %d on the same connection".formatted(last));
        }
        if (generation < oldest || generation > timeline.newest()) {
            return mixed(
                    generation,
                    "in an answer, with %d live when it was asked for and %d the newest"
                            .formatted(oldest, timeline.newest()));
        }
        if (timeline.isReplaced(generation, testimony.beganUnixNanos())) {
            return mixed(generation, "in a request that began after the 200 of a later one");
        }
        last = generation;
        return new Verdict.Right(testimony.upstreamMicros());
    }

    private static Verdict mixed(int generation, String why) {
        return new Verdict.Mixed("generation %d %s".formatted(generation, why));
    }

    private String path() {
        return "/%d/%d".formatted(connection, number);
    }
}
