package dev.sluice.host.plugin;

import dev.sluice.abi.PairList;
import dev.sluice.abi.spi.HttpCall;
import dev.sluice.host.http.Body;
import dev.sluice.host.http.Fields;
import dev.sluice.host.http.Names;
import dev.sluice.host.loop.Loop;
import dev.sluice.host.upstream.Cluster;
import dev.sluice.host.upstream.UpstreamFailure;
import dev.sluice.host.upstream.UpstreamListener;
import dev.sluice.host.upstream.UpstreamStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One HTTP call of a plugin on its way: the answer is collected whole, then told to the VM
/// wherever it lives by then.
///
/// A call that fails before there is a response head is answered by the gateway itself, with 503 or
/// 504; one that breaks off later is told as reset. Guests tested on Envoy expect both.
///
/// Thread: the loop that was the VM's home when the call was made.
final class CallOut implements UpstreamListener {
    private static final int MOST_BYTES = 16 << 20;

    private final PluginVm vm;
    private final RootPlugin root;
    private final HttpCall call;
    private final Loop loop;
    private final Body body = new Body(ByteBufAllocator.DEFAULT);
    private @Nullable UpstreamStream upstream;
    private @Nullable Fields headers;
    private @Nullable Future<?> timeout;
    private boolean over;

    CallOut(PluginVm vm, RootPlugin root, HttpCall call) {
        this.vm = vm;
        this.root = root;
        this.call = call;
        loop = vm.home();
    }

    /// Sends the call; its end is always told later.
    ///
    /// @param cluster null when the upstream has gone since the guest asked
    void start(@Nullable Cluster cluster) {
        vm.began(this);
        Fields request = Fields.request();
        if (cluster == null) {
            loop.execute(() -> fail(503, "the upstream is gone"));
            return;
        }
        if (!fill(request, call.headers())) {
            loop.execute(() -> fail(503, "the request has a header that cannot be sent"));
            return;
        }
        if (call.timeoutMillis() > 0) {
            timeout =
                    loop.eventLoop()
                            .schedule(
                                    () -> fail(504, "the upstream took too long"),
                                    call.timeoutMillis(),
                                    TimeUnit.MILLISECONDS);
        }
        boolean empty = call.body().length == 0;
        UpstreamStream opened = cluster.open(loop, this);
        upstream = opened;
        request.remove(Names.CONTENT_LENGTH);
        opened.request(request, call.body().length, empty);
        if (!empty) {
            opened.data(Unpooled.wrappedBuffer(call.body()));
            opened.end(null);
        }
        opened.flush();
    }

    private static boolean fill(Fields request, PairList pairs) {
        for (int i = 0; i < pairs.size(); i++) {
            boolean good =
                    request.add(
                            pairs.bytes(),
                            pairs.nameOffset(i),
                            pairs.nameLength(i),
                            pairs.valueOffset(i),
                            pairs.valueLength(i));
            if (!good) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void onConnected(InetSocketAddress endpoint) {}

    @Override
    public void onResponseHead(Fields head, long contentLength, boolean endOfStream) {
        headers = head;
        if (endOfStream) {
            upstream = null;
            tell(null);
        }
    }

    @Override
    public void onResponseData(ByteBuf data) {
        if (over) {
            data.release();
            return;
        }
        body.append(data);
        if (body.length() > MOST_BYTES) {
            reset();
        }
    }

    @Override
    public void onResponseEnd(@Nullable Fields trailers) {
        tell(trailers);
    }

    @Override
    public void onReadComplete() {}

    @Override
    public void onWritable(boolean writable) {}

    @Override
    public void onFailure(UpstreamFailure failure) {
        fail(503, failure.details());
    }

    /// Nobody waits for it any more. Any thread.
    void cancel() {
        loop.execute(() -> {
            if (!over) {
                end();
                body.close();
            }
        });
    }

    private void fail(int status, String why) {
        if (over) {
            return;
        }
        if (headers != null) {
            reset();
            return;
        }
        loop.counters().calloutFailures++;
        Fields own = Fields.response();
        own.status(status);
        own.add(Names.CONTENT_TYPE, "text/plain");
        headers = own;
        body.append(Unpooled.copiedBuffer(why, StandardCharsets.US_ASCII));
        tell(null);
    }

    private void reset() {
        loop.counters().calloutFailures++;
        headers = null;
        tell(null);
    }

    private void tell(@Nullable Fields trailers) {
        if (!over) {
            end();
            deliver(trailers);
        }
    }

    private void end() {
        over = true;
        if (timeout != null) {
            timeout.cancel(false);
        }
        if (upstream != null) {
            upstream.cancel();
        }
    }

    private void deliver(@Nullable Fields trailers) {
        Loop home = vm.home();
        if (!home.isCurrent()) {
            home.execute(() -> deliver(trailers));
            return;
        }
        vm.answered(this);
        if (headers == null) {
            root.answer(call.token(), null, null, null);
        } else {
            root.answer(call.token(), headers, body.length() == 0 ? null : body, trailers);
        }
        body.close();
    }
}
