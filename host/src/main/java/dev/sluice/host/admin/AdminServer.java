package dev.sluice.host.admin;

import dev.sluice.host.loop.Loops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The socket of the config API, health and metrics, on an event loop of its own; each request is
/// answered on a virtual thread.
public final class AdminServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final int MOST_BYTES = 5 << 20;
    private static final int IDLE_SECONDS = 120;
    private static final int LAST_ANSWERS_SECONDS = 10;

    private final Channel socket;
    private final ChannelGroup connections;

    private AdminServer(Channel socket, ChannelGroup connections) {
        this.socket = socket;
        this.connections = connections;
    }

    /// Binds the address and answers with `api`.
    ///
    /// @throws IOException when it cannot be bound
    public static AdminServer open(Loops loops, InetSocketAddress address, AdminApi api)
            throws IOException {
        EventLoop loop = loops.admin().next();
        var connections = new DefaultChannelGroup(loop);
        var bootstrap =
                new ServerBootstrap()
                        .group(loop)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        connections.add(channel);
                                        channel.pipeline()
                                                .addLast(
                                                        new IdleStateHandler(0, 0, IDLE_SECONDS),
                                                        new HttpServerCodec(),
                                                        new HttpServerKeepAliveHandler(),
                                                        new HttpObjectAggregator(MOST_BYTES),
                                                        new Handler(api, channel));
                                    }
                                });
        loops.transport().configure(bootstrap, false);
        var binding = bootstrap.bind(address).awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IOException(
                    "cannot listen on %s:%d for the config API: %s"
                            .formatted(
                                    address.getHostString(),
                                    address.getPort(),
                                    binding.cause().getMessage()),
                    binding.cause());
        }
        return new AdminServer(binding.channel(), connections);
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.localAddress();
    }

    /// Accepts no more, and waits for the answers that are under way.
    @Override
    public void close() {
        socket.close().awaitUninterruptibly();
        socket.eventLoop()
                .submit(() -> connections.forEach(each -> each.pipeline().get(Handler.class).end()))
                .awaitUninterruptibly();
        connections.newCloseFuture().awaitUninterruptibly(LAST_ANSWERS_SECONDS, TimeUnit.SECONDS);
    }

    /// One connection: its requests are answered in their order.
    private static final class Handler extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final AdminApi api;
        private final Channel channel;
        private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        private int unanswered;
        private boolean ending;

        Handler(AdminApi api, Channel channel) {
            this.api = api;
            this.channel = channel;
        }

        /// Ends the connection when nothing is left to answer.
        void end() {
            ending = true;
            if (unanswered == 0) {
                channel.close();
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest message) {
            channel.config().setAutoRead(false);
            unanswered++;
            if (message.decoderResult().isFailure()) {
                last = last.thenRun(() -> refuse(ctx));
                return;
            }
            AdminRequest request = request(message);
            last =
                    last.thenRunAsync(
                            () -> write(ctx, request.method().equals("HEAD"), answer(request)),
                            task -> Thread.ofVirtual().name("sluice-admin-request").start(task));
        }

        /// Ends a connection that is idle, but not one that waits for a long apply.
        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof IdleStateEvent && unanswered == 0) {
                ctx.close();
            }
        }

        private void refuse(ChannelHandlerContext ctx) {
            AdminResponse answer =
                    AdminResponse.error(
                            400, "bad_request", "this is no HTTP request that can be understood");
            write(ctx, false, answer.with("connection", "close"));
        }

        private AdminResponse answer(AdminRequest request) {
            try {
                return api.answer(request);
            } catch (RuntimeException e) {
                LOG.error("{} {} failed", request.method(), request.path(), e);
                return AdminResponse.error(500, "internal", "the gateway failed: " + e);
            }
        }

        private static AdminRequest request(FullHttpRequest message) {
            var target = new QueryStringDecoder(message.uri());
            byte[] body = new byte[message.content().readableBytes()];
            message.content().readBytes(body);
            Map<String, String> query = new LinkedHashMap<>();
            target.parameters().forEach((name, values) -> query.put(name, values.getLast()));
            String type = message.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
            return new AdminRequest(
                    message.method().name(),
                    target.path(),
                    message.headers().get(HttpHeaderNames.HOST, ""),
                    query,
                    type,
                    message.headers().get(HttpHeaderNames.IF_MATCH),
                    message.headers().get(HttpHeaderNames.IF_NONE_MATCH),
                    body);
        }

        private void write(ChannelHandlerContext ctx, boolean headOnly, AdminResponse response) {
            var message =
                    new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1,
                            HttpResponseStatus.valueOf(response.status()),
                            headOnly
                                    ? Unpooled.EMPTY_BUFFER
                                    : Unpooled.wrappedBuffer(response.body()));
            message.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, response.contentType())
                    .set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
            response.headers().forEach((name, value) -> message.headers().set(name, value));
            ctx.writeAndFlush(message).addListener(sent -> answered(sent.isSuccess()));
        }

        private void answered(boolean sent) {
            unanswered--;
            if (!sent || (ending && unanswered == 0)) {
                channel.close();
            } else if (!ending) {
                channel.config().setAutoRead(true);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
