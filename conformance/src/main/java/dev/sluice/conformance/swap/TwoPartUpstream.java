package dev.sluice.conformance.swap;

import dev.sluice.host.loop.LoopThreads;
import dev.sluice.host.loop.Transport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server at several addresses that answers with what it was sent, in two parts; before and
/// between them a swap may come.
///
/// The first part has the request line and then a line per field, and the body; the second says
/// which address it was, and how long it took in all.
final class TwoPartUpstream implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 20;

    private final IoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(
                    1,
                    LoopThreads.prompt("conformance-upstream", true),
                    Transport.best().handlers());
    private final List<Channel> sockets = new ArrayList<>();
    private final ChannelGroup connections = new DefaultChannelGroup(group.next());
    private final Pace pace;

    TwoPartUpstream(int addresses, Pace pace) {
        this.pace = pace;
        for (int i = 0; i < addresses; i++) {
            sockets.add(open(i));
        }
    }

    private Channel open(int index) {
        var bootstrap = new ServerBootstrap().group(group);
        Transport.best().configure(bootstrap, false);
        return bootstrap
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                connections.add(channel);
                                channel.pipeline()
                                        .addLast(
                                                new HttpServerCodec(),
                                                new HttpObjectAggregator(MOST_BYTES),
                                                new Answerer(index));
                            }
                        })
                .bind(new InetSocketAddress("127.0.0.1", 0))
                .syncUninterruptibly()
                .channel();
    }

    /// Where it listens.
    List<InetSocketAddress> addresses() {
        return sockets.stream().map(each -> (InetSocketAddress) each.localAddress()).toList();
    }

    @Override
    public void close() {
        sockets.forEach(each -> each.close().awaitUninterruptibly());
        connections.close().awaitUninterruptibly();
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private final class Answerer extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final int index;

        Answerer(int index) {
            this.index = index;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            long begun = System.nanoTime();
            var text = new StringBuilder(512);
            text.append(request.method()).append(' ').append(request.uri()).append('\n');
            request.headers()
                    .forEach(each ->
                            text.append(each.getKey())
                                    .append(": ")
                                    .append(each.getValue())
                                    .append('\n'));
            text.append(request.content().toString(StandardCharsets.UTF_8));
            String sent = text.toString();
            pace.next(sent, ctx.executor(), () -> begin(ctx, sent, begun));
        }

        private void begin(ChannelHandlerContext ctx, String sent, long begun) {
            var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            head.headers().set("transfer-encoding", "chunked");
            ctx.write(head);
            ctx.writeAndFlush(new DefaultHttpContent(ByteBufUtil.writeUtf8(ctx.alloc(), sent)));
            pace.next(sent, ctx.executor(), () -> end(ctx, begun));
        }

        private void end(ChannelHandlerContext ctx, long begun) {
            String text =
                    "x-upstream: %d\nx-upstream-micros: %d\n"
                            .formatted(index, (System.nanoTime() - begun) / 1000);
            ctx.writeAndFlush(new DefaultLastHttpContent(ByteBufUtil.writeUtf8(ctx.alloc(), text)));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
