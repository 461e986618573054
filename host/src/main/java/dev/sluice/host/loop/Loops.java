package dev.sluice.host.loop;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/// All event loops of a gateway: those that serve, the one that admits, the one of the admin API.
///
/// Thread: any.
public final class Loops implements AutoCloseable {
    private final Transport transport;
    private final IoEventLoopGroup servingGroup;
    private final IoEventLoopGroup admissionGroup;
    private final IoEventLoopGroup adminGroup;
    private final NameServers names;
    private final List<Loop> serving;
    private final Loop admission;

    /// Starts `count` serving loops and the two others.
    ///
    /// @param mostHeldBytes how many body bytes all exchanges may hold together; each loop has its
    ///   part
    public Loops(Transport transport, int count, long mostHeldBytes) {
        this.transport = transport;
        names = new NameServers(transport);
        servingGroup = group(count, LoopThreads.prompt("sluice-loop", false));
        admissionGroup = group(1, new DefaultThreadFactory("sluice-admission"));
        adminGroup = group(1, LoopThreads.yielding("sluice-admin"));
        var loops = new ArrayList<Loop>(count);
        for (int i = 0; i < count; i++) {
            loops.add(new Loop(i, (EventLoop) servingGroup.next(), mostHeldBytes / count));
        }
        serving = List.copyOf(loops);
        admission = new Loop(count, (EventLoop) admissionGroup.next(), 0);
        JvmCompilers.yieldAfterStart((EventLoop) adminGroup.next(), this::requests);
    }

    /// How their sockets are driven.
    public Transport transport() {
        return transport;
    }

    /// What finds the addresses of names on the loop that asks.
    public AddressResolverGroup<InetSocketAddress> names() {
        return names.resolvers();
    }

    /// The loops that accept connections, by index.
    public List<Loop> serving() {
        return serving;
    }

    /// Deals channels out to the serving loops in turn.
    public IoEventLoopGroup dealing() {
        return servingGroup;
    }

    /// The serving loop that `eventLoop` is Netty's side of.
    public Loop of(EventLoop eventLoop) {
        for (Loop loop : serving) {
            if (loop.eventLoop().equals(eventLoop)) {
                return loop;
            }
        }
        throw new IllegalArgumentException("not a serving loop: " + eventLoop);
    }

    /// The loop on which VMs are built.
    public Loop admission() {
        return admission;
    }

    /// The admin API's loop.
    public IoEventLoopGroup admin() {
        return adminGroup;
    }

    /// The serving loops and the admission loop.
    public List<Loop> all() {
        var all = new ArrayList<>(serving);
        all.add(admission);
        return all;
    }

    /// Completes when every loop has run a task posted now: each turn that was under way has ended.
    public CompletableFuture<Void> barrier() {
        var passed =
                all().stream()
                        .map(loop -> CompletableFuture.runAsync(() -> {}, loop))
                        .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(passed);
    }

    /// Ends all loops and waits for them.
    @Override
    public void close() {
        names.close();
        var ends = List.of(shutDown(servingGroup), shutDown(admissionGroup), shutDown(adminGroup));
        ends.forEach(end -> end.awaitUninterruptibly(Duration.ofSeconds(10).toMillis()));
    }

    private long requests() {
        return serving.stream().mapToLong(loop -> loop.counters().requests).sum();
    }

    private static Future<?> shutDown(IoEventLoopGroup group) {
        return group.shutdownGracefully(0, 5, TimeUnit.SECONDS);
    }

    private IoEventLoopGroup group(int count, ThreadFactory threads) {
        return new MultiThreadIoEventLoopGroup(count, threads, transport.handlers());
    }
}
