package dev.sluice.host.demo;

import dev.sluice.host.loop.LoopThreads;
import dev.sluice.host.loop.Transport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// A server that answers after 5 to 20 ms with what it was sent, and says how long it took.
///
/// The body has the request line and then a line per field; the header `x-upstream-micros` has the
/// delay.
public final class EchoUpstream implements AutoCloseable {
    private static final int LEAST_MICROS = 5_000;
    private static final int MOST_MICROS = 20_000;
    private static final int MOST_BYTES = 1 << 20;

    private final IoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(
                    1, LoopThreads.prompt("demo-upstream", true), Transport.best().handlers());
    private final Channel socket;

    public EchoUpstream() {
        var bootstrap = new ServerBootstrap().group(group);
        Transport.best().configure(bootstrap, false);
        socket =
                bootstrap
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channel.pipeline()
                                                .addLast(
                                                        new HttpServerCodec(),
                                                        new HttpObjectAggregator(MOST_BYTES),
                                                        new Answerer());
                                    }
                                })
                        .bind(new InetSocketAddress("127.0.0.1", 0))
                        .syncUninterruptibly()
                        .channel();
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.localAddress();
    }

    @Override
    public void close() {
        socket.close().awaitUninterruptibly();
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static final class Answerer extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            var text = new StringBuilder(256);
            text.append(request.method()).append(' ').append(request.uri()).append('\n');
            request.headers()
                    .forEach(each ->
                            text.append(each.getKey())
                                    .append(": ")
                                    .append(each.getValue())
                                    .append('\n'));
            text.append(request.content().toString(StandardCharsets.UTF_8));
            long begun = System.nanoTime();
            int micros = ThreadLocalRandom.current().nextInt(LEAST_MICROS, MOST_MICROS);
            ctx.executor().schedule(() -> answer(ctx, text, begun), micros, TimeUnit.MICROSECONDS);
        }

        private static void answer(ChannelHandlerContext ctx, CharSequence text, long begun) {
            byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
            var response =
                    new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1,
                            HttpResponseStatus.OK,
                            Unpooled.wrappedBuffer(body));
            response.headers()
                    .set("content-type", "text/plain")
                    .set("content-length", body.length)
                    .set("x-upstream-micros", (System.nanoTime() - begun) / 1000);
            ctx.writeAndFlush(response);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
