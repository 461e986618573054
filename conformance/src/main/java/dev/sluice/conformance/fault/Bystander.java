package dev.sluice.conformance.fault;

import dev.sluice.host.demo.Conversation;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;

/// Asks for `/` of an echoing upstream, again and again.
///
/// Thread: the load's event loop.
final class Bystander implements Conversation {
    @Override
    public FullHttpRequest next() {
        var request =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1, HttpMethod.GET, "/", Unpooled.EMPTY_BUFFER);
        request.headers().set("host", "localhost");
        return request;
    }

    @Override
    public Verdict judge(FullHttpResponse answer) {
        return answer.status().code() == 200
                ? new Verdict.Right(Long.parseLong(answer.headers().get("x-upstream-micros", "0")))
                : new Verdict.Wrong("an answer was " + answer.status());
    }
}
