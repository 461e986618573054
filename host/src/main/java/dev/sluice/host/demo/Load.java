package dev.sluice.host.demo;

import dev.sluice.host.demo.Conversation.Verdict;
import dev.sluice.host.loop.LoopThreads;
import dev.sluice.host.loop.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Clients that send at a fixed rate over kept-alive connections, whatever the answers do, and
/// judge every answer. A connection that the gateway ends is never opened again.
///
/// Latency counts from the moment a request was meant to be sent, less the delay that the upstream
/// reports.
///
/// Thread: one event loop of its own; methods may be called from any thread.
public final class Load implements AutoCloseable {
    private static final long LONGEST_MICROS = TimeUnit.SECONDS.toMicros(60);
    private static final int MOST_BYTES = 1 << 20;

    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(
                    1, LoopThreads.prompt("demo-client", true), Transport.best().handlers());
    private final EventLoop loop = group.next();
    private final List<Client> clients = new ArrayList<>();
    private final long nanosBetween;
    private final long lateNanos;
    private Histogram histogram = new Histogram(LONGEST_MICROS, 3);
    private long startNanos;
    private long sent;
    private long answered;
    private long failed;
    private long mixed;
    private long closed;
    private boolean running;
    private @Nullable String firstProblem;

    /// What was counted so far.
    ///
    /// @param failed answers that were wrong, late or missing
    /// @param connectionsClosed connections that the gateway ended
    /// @param mixedGenerations answers in which two generations show, or one that should be gone
    public record Counts(
            long requests,
            long failed,
            long connectionsClosed,
            long mixedGenerations,
            @Nullable String firstProblem) {}

    /// Connects a client to `gateway` for each conversation; they take turns.
    ///
    /// @param perSecond requests of all clients together
    /// @param late an answer that takes longer is a failure
    public Load(
            InetSocketAddress gateway,
            int perSecond,
            Duration late,
            List<? extends Conversation> conversations) {
        lateNanos = late.toNanos();
        nanosBetween = TimeUnit.SECONDS.toNanos(1) / perSecond;
        for (Conversation conversation : conversations) {
            var client = new Client(conversation);
            var bootstrap = new Bootstrap().group(loop);
            Transport.best().configure(bootstrap);
            client.channel =
                    bootstrap
                            .option(ChannelOption.TCP_NODELAY, true)
                            .handler(client.initializer())
                            .connect(gateway)
                            .syncUninterruptibly()
                            .channel();
            clients.add(client);
        }
    }

    /// Begins to send.
    public void start() {
        onLoop(() -> {
            running = true;
            startNanos = System.nanoTime();
            tick();
            return true;
        });
    }

    /// What was counted so far.
    public Counts counts() {
        return onLoop(() -> new Counts(answered, failed, closed, mixed, firstProblem));
    }

    /// Latencies in microseconds since the last call.
    public Histogram takeHistogram() {
        return onLoop(() -> {
            Histogram taken = histogram;
            histogram = new Histogram(LONGEST_MICROS, 3);
            return taken;
        });
    }

    /// Sends no more, and waits for what is under way; what has not been answered then is a
    /// failure.
    public void stop() throws InterruptedException {
        onLoop(() -> {
            running = false;
            return true;
        });
        long deadline = System.nanoTime() + 2 * lateNanos;
        while (onLoop(this::awaited) > 0 && System.nanoTime() < deadline) {
            Thread.sleep(Duration.ofMillis(20));
        }
        onLoop(() -> {
            long missing = outstanding();
            failed += missing;
            answered += missing;
            if (missing > 0) {
                problem(missing + " requests were not answered");
            }
            return true;
        });
    }

    @Override
    public void close() {
        onLoop(() -> clients.stream().map(Client::end).toList())
                .forEach(ChannelFuture::awaitUninterruptibly);
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private long outstanding() {
        return clients.stream().mapToLong(each -> each.intended.size()).sum();
    }

    /// What may still be answered: it was asked on a connection that is open.
    private long awaited() {
        return clients.stream()
                .filter(each -> each.channel != null && each.channel.isActive())
                .mapToLong(each -> each.intended.size())
                .sum();
    }

    private void tick() {
        if (!running) {
            return;
        }
        long now = System.nanoTime();
        long due = (now - startNanos) / nanosBetween;
        while (sent <= due) {
            Client client = clients.get((int) (sent % clients.size()));
            client.send(startNanos + sent * nanosBetween);
            sent++;
        }
        long next = startNanos + sent * nanosBetween;
        loop.schedule(this::tick, next - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void problem(String what) {
        if (firstProblem == null) {
            firstProblem = what;
        }
    }

    private <T> T onLoop(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, loop).join();
    }

    /// One connection and what it waits for.
    private final class Client extends SimpleChannelInboundHandler<FullHttpResponse> {
        /// When each request that is not answered was meant to be sent; the first is under way.
        private final Queue<Long> intended = new ArrayDeque<>();

        private final Conversation conversation;
        private @Nullable Channel channel;
        private boolean ending;

        Client(Conversation conversation) {
            this.conversation = conversation;
        }

        ChannelInitializer<Channel> initializer() {
            return new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel created) {
                    created.pipeline()
                            .addLast(
                                    new HttpClientCodec(),
                                    new HttpObjectAggregator(MOST_BYTES),
                                    Client.this);
                }
            };
        }

        void send(long intendedNanos) {
            intended.add(intendedNanos);
            if (intended.size() == 1) {
                write();
            }
        }

        private void write() {
            Channel open = channel;
            if (open == null || !open.isActive()) {
                return;
            }
            open.writeAndFlush(conversation.next(), open.voidPromise());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
            long now = System.nanoTime();
            Long began = intended.poll();
            if (began == null) {
                problem("an answer without a request");
                failed++;
                return;
            }
            answered++;
            judge(response, now - began);
            if (!intended.isEmpty()) {
                write();
            }
        }

        private void judge(FullHttpResponse response, long nanos) {
            Verdict verdict = conversation.judge(response);
            if (nanos > lateNanos) {
                verdict = new Verdict.Wrong("an answer took %d ms".formatted(nanos / 1_000_000));
            }
            switch (verdict) {
                case Verdict.Right(long micros) ->
                        histogram.recordValue(Math.clamp(nanos / 1000 - micros, 0, LONGEST_MICROS));
                case Verdict.Wrong(String why) -> {
                    failed++;
                    problem(why);
                }
                case Verdict.Mixed(String why) -> {
                    mixed++;
                    problem(why);
                }
            }
        }

        ChannelFuture end() {
            ending = true;
            return Objects.requireNonNull(channel).close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (!ending) {
                closed++;
                problem("the gateway closed a connection");
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            problem(cause.toString());
            ctx.close();
        }
    }
}
