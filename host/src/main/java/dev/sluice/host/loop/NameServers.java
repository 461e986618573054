package dev.sluice.host.loop;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.RoundRobinDnsAddressResolverGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// What finds the addresses of names, without blocking the loop that asks.
///
/// It keeps answers as long as DNS allows, and takes several addresses of a name in turn.
///
/// Thread: any; each loop asks over a socket of its own.
final class NameServers implements AutoCloseable {
    private static final int END_SECONDS = 1;

    private final ChannelGroup sockets = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
    private final AddressResolverGroup<InetSocketAddress> resolvers;

    NameServers(Transport transport) {
        resolvers =
                new RoundRobinDnsAddressResolverGroup(
                        new DnsNameResolverBuilder()
                                .datagramChannelFactory(() -> socket(transport)));
    }

    AddressResolverGroup<InetSocketAddress> resolvers() {
        return resolvers;
    }

    private DatagramChannel socket(Transport transport) {
        DatagramChannel socket = transport.datagrams();
        sockets.add(socket);
        return socket;
    }

    /// Waits for its sockets: a loop that ends before them cannot tell them that they are closed.
    @Override
    public void close() {
        resolvers.close();
        sockets.newCloseFuture().awaitUninterruptibly(END_SECONDS, TimeUnit.SECONDS);
    }
}
