package dev.sluice.host.upstream;

import dev.sluice.host.http.Fields;
import dev.sluice.host.http.HeadWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One request and its response on a connection of a cluster.
///
/// A kept-alive connection may have been closed by the endpoint a moment ago. When that shows
/// before a byte of the response, and the request has no body and may be repeated, it goes out once
/// more on a new connection. An endpoint that cannot be connected to is skipped for the next one.
///
/// Thread: its loop's.
public final class UpstreamStream {
    private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");
    private static final int MAX_CONNECT_ATTEMPTS = 3;

    private final Cluster.Share share;
    private final UpstreamListener listener;
    private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>(0);
    private @Nullable UpstreamConnection connection;
    private @Nullable Pool pool;
    private @Nullable Fields head;
    private @Nullable Fields endTrailers;
    private long bodyLength;
    private long sent;
    private int attempts;
    private boolean bodyless;
    private boolean repeated;
    private boolean requestComplete;
    private boolean paused;
    private boolean endTold;
    private boolean over;

    UpstreamStream(Cluster.Share share, UpstreamListener listener) {
        this.share = share;
        this.listener = listener;
    }

    /// Sends the request head, on a pooled connection or a new one.
    ///
    /// @param head kept until the response begins
    /// @param length exact body length, or [HeadWriter#CHUNKED]; ignored when the stream ends here
    public void request(Fields head, long length, boolean endOfStream) {
        this.head = head;
        bodyless = endOfStream;
        requestComplete = endOfStream;
        bodyLength = endOfStream ? emptyLength(head) : length;
        share.loop.counters().upstreamRequests++;
        start(share.pick(), true);
    }

    /// Sends body bytes; the buffer is transferred. Nothing goes out before [#flush].
    public void data(ByteBuf bytes) {
        if (over || !bytes.isReadable()) {
            bytes.release();
            return;
        }
        sent += bytes.readableBytes();
        if (bodyLength >= 0 && sent > bodyLength) {
            bytes.release();
            abort(UpstreamFailure.REQUEST_LENGTH);
        } else if (connection == null) {
            waiting.add(bytes);
        } else {
            writeData(connection, bytes);
        }
    }

    /// The request is complete.
    public void end(@Nullable Fields trailers) {
        if (over) {
            return;
        }
        if (bodyLength >= 0 && sent != bodyLength) {
            abort(UpstreamFailure.REQUEST_LENGTH);
            return;
        }
        requestComplete = true;
        endTrailers = trailers;
        if (connection != null) {
            writeEnd(connection);
        }
    }

    /// Sends what was written.
    public void flush() {
        if (connection != null) {
            connection.flush();
        }
    }

    /// Whether the connection is there and takes more bytes.
    public boolean isWritable() {
        return connection != null && connection.isWritable();
    }

    /// Stops reading the response, or goes on.
    public void pause(boolean stop) {
        paused = stop;
        if (connection != null) {
            connection.read(!stop);
        }
    }

    /// Gives the exchange up; nothing more is told.
    public void cancel() {
        if (!over) {
            finish(false);
        }
    }

    void responseHead(Fields fields, long contentLength) {
        boolean none = isHead() || fields.status() == 204 || fields.status() == 304;
        head = null;
        endTold = none || contentLength == 0;
        listener.onResponseHead(fields, contentLength, endTold);
    }

    void responseData(ByteBuf data) {
        if (over || endTold) {
            data.release();
        } else {
            listener.onResponseData(data);
        }
    }

    void responseEnd(@Nullable Fields trailers) {
        if (over) {
            return;
        }
        finish(requestComplete);
        if (!endTold) {
            listener.onResponseEnd(trailers);
        }
    }

    void readComplete() {
        if (!over) {
            listener.onReadComplete();
        }
    }

    void writable(boolean now) {
        if (!over) {
            listener.onWritable(now);
        }
    }

    void failed(UpstreamFailure failure) {
        if (over) {
            return;
        }
        UpstreamConnection gone = connection;
        if (failure == UpstreamFailure.RESET_BEFORE_RESPONSE
                && gone != null
                && gone.isUsed()
                && bodyless
                && !repeated
                && head != null
                && REPEATABLE.contains(head.method())) {
            repeated = true;
            connection = null;
            Pool again = gone.pool();
            again.ended();
            start(again, false);
            return;
        }
        connection = null;
        finish(false);
        share.loop.counters().upstreamFailures++;
        listener.onFailure(failure);
    }

    private void abort(UpstreamFailure failure) {
        finish(false);
        share.loop.counters().upstreamFailures++;
        share.loop.execute(() -> listener.onFailure(failure));
    }

    private static long emptyLength(Fields head) {
        return switch (head.method()) {
            case "POST", "PUT", "PATCH" -> 0;
            default -> HeadWriter.UNFRAMED;
        };
    }

    private boolean isHead() {
        return head != null && head.method().equals("HEAD");
    }

    private void start(Pool target, boolean mayReuse) {
        pool = target;
        target.began();
        UpstreamConnection idle = mayReuse ? target.take() : null;
        if (idle != null) {
            use(idle);
        } else {
            connect(target);
        }
    }

    private void connect(Pool target) {
        attempts++;
        var decoder = new ResponseDecoder();
        InetSocketAddress address = target.address();
        ChannelFuture connecting =
                share.bootstrap
                        .clone()
                        .handler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channel.pipeline().addLast(decoder);
                                    }
                                })
                        .connect(address);
        connecting.addListener(_ -> {
            if (connecting.isSuccess()) {
                connected(connecting.channel(), target, decoder);
            } else if (share.loop.isCurrent()) {
                connectFailed(target);
            } else {
                // Netty tells from a thread of its own that there is no descriptor for a socket.
                share.loop.execute(() -> connectFailed(target));
            }
        });
    }

    private void connected(Channel channel, Pool target, ResponseDecoder decoder) {
        var fresh = new UpstreamConnection(channel, share.loop, target, decoder);
        channel.pipeline().addLast(fresh);
        if (over) {
            fresh.close();
        } else {
            use(fresh);
        }
    }

    private void connectFailed(Pool target) {
        if (over) {
            return;
        }
        target.ended();
        pool = null;
        if (attempts < Math.min(MAX_CONNECT_ATTEMPTS, share.size())) {
            start(share.after(target), true);
            return;
        }
        finish(false);
        share.loop.counters().upstreamFailures++;
        listener.onFailure(UpstreamFailure.CONNECT);
    }

    private void use(UpstreamConnection ready) {
        Fields request = head;
        if (request == null) {
            throw new IllegalStateException("the response has begun before the request");
        }
        connection = ready;
        ready.begin(this, isHead());
        if (paused) {
            ready.read(false);
        }
        listener.onConnected(ready.address());
        if (over) {
            return;
        }
        ready.write(ready.heads().request(ready.alloc(), request, bodyLength));
        while (!waiting.isEmpty()) {
            writeData(ready, waiting.poll());
        }
        if (requestComplete) {
            writeEnd(ready);
        }
        ready.flush();
    }

    private void writeEnd(UpstreamConnection ready) {
        if (bodyLength == HeadWriter.CHUNKED) {
            Fields trailers = endTrailers == null ? Fields.trailers() : endTrailers;
            ready.write(ready.heads().lastChunk(ready.alloc(), trailers));
        }
    }

    private void writeData(UpstreamConnection ready, ByteBuf bytes) {
        if (bodyLength == HeadWriter.CHUNKED) {
            ready.write(ready.heads().chunkStart(ready.alloc(), bytes.readableBytes()));
            ready.write(bytes);
            ready.write(ready.heads().chunkEnd(ready.alloc()));
        } else {
            ready.write(bytes);
        }
    }

    private void finish(boolean complete) {
        over = true;
        waiting.forEach(ByteBuf::release);
        waiting.clear();
        if (pool != null) {
            pool.ended();
            pool = null;
        }
        UpstreamConnection mine = connection;
        connection = null;
        if (mine != null) {
            mine.release(complete);
        }
    }
}
