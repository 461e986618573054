package dev.sluice.host.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.host.config.Balance;
import dev.sluice.host.http.Fields;
import dev.sluice.host.loop.Loop;
import dev.sluice.host.loop.Loops;
import dev.sluice.host.loop.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConnectFailureTest {
    @Test
    void isToldOnTheLoopAlsoWhenThereIsNoSocketToBeHad()
            throws ExecutionException, InterruptedException, TimeoutException {
        try (var loops = new Loops(Transport.NIO, 1, 0)) {
            Loop loop = loops.serving().getFirst();
            var spec =
                    new ClusterSpec(
                            "u",
                            List.of(Endpoint.of("127.0.0.1", 9, 1)),
                            Balance.ROUND_ROBIN,
                            Duration.ofSeconds(1));
            var bootstrap =
                    new Bootstrap()
                            .group(loop.eventLoop())
                            .channelFactory(() -> {
                                throw new ChannelException("too many open files");
                            });
            var listener = new Listener(loop);
            loop.execute(() -> {
                Fields head = Fields.request();
                head.method("GET");
                new UpstreamStream(new Cluster.Share(spec, loop, bootstrap, List.of()), listener)
                        .request(head, 0, true);
            });

            assertThat(listener.toldOnLoop.get(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static final class Listener implements UpstreamListener {
        final CompletableFuture<Boolean> toldOnLoop = new CompletableFuture<>();
        private final Loop loop;

        Listener(Loop loop) {
            this.loop = loop;
        }

        @Override
        public void onFailure(UpstreamFailure failure) {
            toldOnLoop.complete(loop.isCurrent());
        }

        @Override
        public void onConnected(InetSocketAddress endpoint) {}

        @Override
        public void onResponseHead(Fields head, long contentLength, boolean endOfStream) {}

        @Override
        public void onResponseData(ByteBuf data) {
            data.release();
        }

        @Override
        public void onResponseEnd(@Nullable Fields trailers) {}

        @Override
        public void onReadComplete() {}

        @Override
        public void onWritable(boolean writable) {}
    }
}
