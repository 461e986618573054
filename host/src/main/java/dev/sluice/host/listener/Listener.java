package dev.sluice.host.listener;

import dev.sluice.host.config.ListenerLimitsConfig;
import dev.sluice.host.loop.Loop;
import dev.sluice.host.loop.Loops;
import dev.sluice.host.stream.ExchangeContext;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One address that clients connect to, on every loop.
///
/// Its address is its identity. Limits can change while it is open: each connection keeps those it
/// was accepted under.
///
/// Thread: opened and closed by the publisher; connections are their loop's.
public final class Listener {
    private static final int BACKLOG = 4096;

    private final ExchangeContext context;
    private final Loops loops;
    private final InetSocketAddress address;
    private final List<Channel> sockets = new ArrayList<>();
    private final List<Set<Http1Connection>> connections;
    private volatile ListenerLimitsConfig limits;
    private volatile boolean closed;

    private Listener(
            ExchangeContext context,
            Loops loops,
            InetSocketAddress address,
            ListenerLimitsConfig limits) {
        this.context = context;
        this.loops = loops;
        this.address = address;
        this.limits = limits;
        connections = loops.serving().stream().map(_ -> set()).toList();
    }

    /// Binds the address; connections wait until [#accept].
    ///
    /// @throws IOException when it cannot be bound; nothing is left open
    public static Listener open(
            ExchangeContext context,
            Loops loops,
            InetSocketAddress address,
            ListenerLimitsConfig limits)
            throws IOException {
        var listener = new Listener(context, loops, address, limits);
        try {
            listener.bind();
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        return listener;
    }

    /// Takes connections from now on: what serves them is live.
    public void accept() {
        sockets.forEach(socket -> socket.config().setAutoRead(true));
    }

    /// What connections accepted from now on are held to.
    public void limits(ListenerLimitsConfig next) {
        limits = next;
    }

    ListenerLimitsConfig limits() {
        return limits;
    }

    /// Where it listens, with the port the system chose when it was asked for one.
    public InetSocketAddress address() {
        return (InetSocketAddress) sockets.getFirst().localAddress();
    }

    /// Whether it accepts no more; its connections end with their exchange.
    boolean isClosed() {
        return closed;
    }

    /// Accepts no more, closes idle connections, and the others when their exchange has ended.
    public void close() {
        closed = true;
        for (Channel socket : sockets) {
            socket.close().awaitUninterruptibly();
        }
        for (Loop loop : loops.serving()) {
            loop.execute(() ->
                    List.copyOf(connections.get(loop.index())).stream()
                            .filter(Http1Connection::isIdle)
                            .forEach(Http1Connection::close));
        }
    }

    /// How many connections are open on `loop`; asked on that loop.
    public int connections(Loop loop) {
        return connections.get(loop.index()).size();
    }

    void left(Loop loop, Http1Connection connection) {
        connections.get(loop.index()).remove(connection);
    }

    /// An exclusive bind comes first: sharing the port would hide a second process on it.
    private void bind() throws IOException {
        boolean shares = loops.transport().sharesPorts() && loops.serving().size() > 1;
        Loop first = loops.serving().getFirst();
        if (!shares) {
            sockets.add(bind(address, first.eventLoop(), loops.dealing(), false));
            return;
        }
        Channel probe = bind(address, first.eventLoop(), first.eventLoop(), false);
        var bound = (InetSocketAddress) probe.localAddress();
        probe.close().awaitUninterruptibly();
        for (Loop loop : loops.serving()) {
            sockets.add(bind(bound, loop.eventLoop(), loop.eventLoop(), true));
        }
    }

    private Channel bind(
            InetSocketAddress where,
            EventLoopGroup acceptor,
            EventLoopGroup children,
            boolean sharePort)
            throws IOException {
        var bootstrap =
                new ServerBootstrap()
                        .group(acceptor, children)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .option(ChannelOption.AUTO_READ, false)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(new Acceptor());
        loops.transport().configure(bootstrap, sharePort);
        var binding = bootstrap.bind(where).awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IOException(
                    "cannot listen on %s:%d: %s"
                            .formatted(
                                    where.getHostString(),
                                    where.getPort(),
                                    reason(binding.cause())),
                    binding.cause());
        }
        return binding.channel();
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private static Set<Http1Connection> set() {
        return new HashSet<>();
    }

    /// Makes a connection of each accepted channel.
    private final class Acceptor extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            if (channel.remoteAddress() == null) {
                channel.close(); // the client has gone before it was accepted
                return;
            }
            Loop loop = loops.of(channel.eventLoop());
            var decoder = new RequestDecoder(limits);
            var connection = new Http1Connection(context, Listener.this, loop, channel, decoder);
            connections.get(loop.index()).add(connection);
            channel.pipeline().addLast(decoder, connection);
        }
    }
}
