package dev.sluice.conformance.swap;

import dev.sluice.host.demo.Conversation.Verdict;
import dev.sluice.host.loop.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/// A client on one connection that asks when it is told to.
///
/// Thread: one asks.
final class HeldClient implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 20;

    private final WitnessConversation conversation;
    private final Channel channel;
    private volatile CompletableFuture<Verdict> answer = new CompletableFuture<>();
    private String line = "";

    HeldClient(EventLoopGroup group, InetSocketAddress gateway, WitnessConversation conversation) {
        this.conversation = conversation;
        var bootstrap = new Bootstrap().group(group);
        Transport.best().configure(bootstrap);
        channel =
                bootstrap
                        .handler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel created) {
                                        created.pipeline()
                                                .addLast(
                                                        new HttpClientCodec(),
                                                        new HttpObjectAggregator(MOST_BYTES),
                                                        new Answers());
                                    }
                                })
                        .connect(gateway)
                        .syncUninterruptibly()
                        .channel();
    }

    /// Sends a request.
    void ask() {
        answer = new CompletableFuture<>();
        FullHttpRequest request = conversation.next();
        line = request.method() + " " + request.uri();
        channel.writeAndFlush(request);
    }

    /// The first line of what it asked last.
    String line() {
        return line;
    }

    /// Waits for the answer.
    Verdict verdict() {
        CompletableFuture<Verdict> awaited = answer;
        Wait.until(awaited::isDone);
        return awaited.join();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
    }

    private final class Answers extends SimpleChannelInboundHandler<FullHttpResponse> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
            answer.complete(conversation.judge(response));
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            answer.complete(new Verdict.Wrong("the gateway closed the connection"));
        }
    }
}
