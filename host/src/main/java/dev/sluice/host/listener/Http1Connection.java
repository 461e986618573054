package dev.sluice.host.listener;

import dev.sluice.host.config.ListenerLimitsConfig;
import dev.sluice.host.http.Fields;
import dev.sluice.host.http.FieldsHeaders;
import dev.sluice.host.http.HeadWriter;
import dev.sluice.host.http.HeadWriter.Persistence;
import dev.sluice.host.http.Names;
import dev.sluice.host.http.Rejection;
import dev.sluice.host.http.RequestCheck;
import dev.sluice.host.http.Trailers;
import dev.sluice.host.loop.Deadline;
import dev.sluice.host.loop.Loop;
import dev.sluice.host.stream.Client;
import dev.sluice.host.stream.Downstream;
import dev.sluice.host.stream.Exchange;
import dev.sluice.host.stream.ExchangeContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client's HTTP/1 connection: one exchange at a time, in the order of the requests.
///
/// While an exchange is under way the next head stays undecoded. A message that cannot be read
/// without doubt is answered and ends the connection. A client that closes its side has gone: what
/// it waited for is given up.
///
/// Thread: its channel's loop.
///
/// Spec: RFC 9112.
final class Http1Connection extends ChannelInboundHandlerAdapter implements Downstream {
    private static final Logger LOG = LoggerFactory.getLogger(Http1Connection.class);
    private static final AtomicLong IDS = new AtomicLong();
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int FLUSH_AT = 64 << 10;

    /// What is expected from the client next.
    private enum Phase {
        /// A request head.
        HEAD,
        /// The body of the exchange that is under way.
        BODY,
        /// The end marker of a request without body.
        END,
        /// Nothing until the exchange is over.
        ANSWER,
        /// Nothing: what comes is thrown away until the client closes.
        LINGER
    }

    private final ExchangeContext context;
    private final Listener listener;
    private final ListenerLimitsConfig limits;
    private final Loop loop;
    private final Channel channel;
    private final Client client;
    private final RequestDecoder decoder;
    private final Deadline deadline;

    private Phase phase = Phase.HEAD;
    private @Nullable ChannelHandlerContext decoderContext;
    private @Nullable Exchange exchange;
    private boolean timesExchange;
    private int requests;
    private int unflushed;
    private boolean http10;
    private boolean keepAlive = true;
    private boolean headRequest;
    private boolean chunked;
    private boolean closeDelimited;
    private boolean paused;
    private boolean responding;
    private boolean headBegun;

    Http1Connection(
            ExchangeContext context,
            Listener listener,
            Loop loop,
            Channel channel,
            RequestDecoder decoder) {
        this.context = context;
        this.listener = listener;
        this.limits = listener.limits();
        this.loop = loop;
        this.channel = channel;
        client = Client.of(IDS.incrementAndGet(), (InetSocketAddress) channel.remoteAddress());
        this.decoder = decoder;
        deadline = new Deadline(loop, this::expired);
    }

    /// No exchange is under way, and no part of a request has arrived.
    boolean isIdle() {
        return phase == Phase.HEAD && !decoder.isInHead();
    }

    /// Closes it once what was written has been sent.
    void close() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        decoderContext = ctx.pipeline().context(decoder);
        loop.counters().connections++;
        loop.counters().connectionsActive++;
        deadline.in(limits.idleTimeout().toNanos());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof HttpObject object) || phase == Phase.LINGER) {
            ReferenceCountUtil.release(message);
            return;
        }
        Rejection broken = RequestCheck.undecodable(object.decoderResult());
        if (broken != null) {
            ReferenceCountUtil.release(message);
            broken(broken);
            return;
        }
        switch (object) {
            case HttpRequest head -> onHead(head);
            case HttpContent content -> onContent(content);
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void onHead(HttpRequest head) {
        Fields fields = ((FieldsHeaders) head.headers()).fields();
        http10 = head.protocolVersion().equals(HttpVersion.HTTP_1_0);
        headRequest = head.method().name().equals("HEAD");
        boolean wantsMore = HttpUtil.isKeepAlive(head);
        boolean chunkedRequest = fields.contains(Names.TRANSFER_ENCODING);
        Rejection rejection = RequestCheck.check(head, fields, limits.headerCount());
        if (rejection != null) {
            reject(rejection);
            return;
        }
        String declared = fields.get(Names.CONTENT_LENGTH);
        boolean bodyless = !chunkedRequest && (declared == null || Long.parseLong(declared) == 0);
        requests++;
        keepAlive = wantsMore && requests < limits.requestsPerConnection() && !listener.isClosed();
        boolean expectsContinue = fields.contains(Names.EXPECT) && !http10 && !bodyless;
        fields.remove(Names.EXPECT);
        headBegun = false;
        phase = bodyless ? Phase.END : Phase.BODY;
        if (bodyless) {
            deadline.clear();
        } else {
            deadline.in(limits.idleTimeout().toNanos());
        }
        responding = false;
        var started = new Exchange(context, loop, this, fields, expectsContinue);
        exchange = started;
        if (bodyless) {
            decoder.hold();
        }
        started.start(bodyless);
    }

    private void onContent(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        Exchange current = exchange;
        if (phase == Phase.END && last) {
            content.release();
            phase = Phase.ANSWER;
            if (current == null) {
                next();
            }
            return;
        }
        if (phase != Phase.BODY || current == null) {
            content.release();
            return;
        }
        loop.counters().bytesIn += content.content().readableBytes();
        if (last) {
            phase = Phase.ANSWER;
            decoder.hold();
        } else {
            deadline.in(limits.idleTimeout().toNanos());
        }
        Fields trailers = last ? Trailers.of((LastHttpContent) content) : null;
        if (trailers == null) {
            current.requestData(content.content(), last);
        } else {
            if (content.content().isReadable()) {
                current.requestData(content.content(), false);
            } else {
                content.release();
            }
            if (exchange == current) {
                current.requestTrailers(trailers);
            }
        }
    }

    /// A message that could not be decoded: the whole connection is in doubt.
    private void broken(Rejection rejection) {
        Exchange current = exchange;
        if (current == null) {
            headRequest = false;
            reject(rejection);
        } else {
            keepAlive = false;
            current.requestBroken(rejection.status(), "malformed_request");
        }
    }

    private void reject(Rejection rejection) {
        loop.counters().requestsRejected++;
        byte[] body = (rejection.reason() + "\n").getBytes(StandardCharsets.US_ASCII);
        Fields fields = Fields.response();
        fields.status(rejection.status());
        fields.add(Names.DATE, loop.date().text());
        fields.add(Names.CONTENT_TYPE, "text/plain");
        channel.write(
                loop.heads().response(alloc(), fields, body.length, Persistence.CLOSE),
                channel.voidPromise());
        if (!headRequest) {
            channel.write(alloc().buffer(body.length).writeBytes(body), channel.voidPromise());
        }
        linger();
    }

    /// Ends the connection such that the client can still read the answer: closing while it sends
    /// would make its system throw away what it has not read.
    ///
    /// A client may take its time over the answer as over a request.
    private void linger() {
        phase = Phase.LINGER;
        decoder.discard();
        deadline.in(limits.idleTimeout().toNanos());
        channel.config().setAutoRead(true);
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(_ -> {
                    if (channel instanceof DuplexChannel duplex && channel.isActive()) {
                        deadline.in(LINGER_NANOS);
                        duplex.shutdownOutput();
                    } else {
                        channel.close();
                    }
                });
    }

    private void next() {
        phase = Phase.HEAD;
        deadline.in(limits.idleTimeout().toNanos());
        ChannelHandlerContext own = decoderContext;
        if (own != null && channel.isActive()) {
            try {
                decoder.goOn(own);
            } catch (Exception e) {
                exceptionCaught(own, e);
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (exchange != null) {
            exchange.requestReadComplete();
        } else if (phase == Phase.HEAD && decoder.isInHead()) {
            beginHead();
        }
    }

    /// The first bytes of a head have come: from now on the rest of it has limited time.
    private void beginHead() {
        if (!headBegun) {
            headBegun = true;
            deadline.in(limits.headerTimeout().toNanos());
        }
    }

    private void expired() {
        Exchange current = exchange;
        if (timesExchange && current != null) {
            timesExchange = false;
            current.timedOut();
        } else if (phase == Phase.BODY && current != null) {
            bodyStalled(current);
        } else if (phase == Phase.HEAD && decoder.isInHead()) {
            reject(new Rejection(408, "request head took too long"));
        } else {
            channel.close();
        }
    }

    /// No bytes of the body for too long: the client sends none, or the upstream takes none.
    private void bodyStalled(Exchange current) {
        if (paused) {
            current.timedOut();
        } else {
            current.requestBroken(408, "request_body_timeout");
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (exchange != null) {
            exchange.downstreamWritable(channel.isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.counters().connectionsActive--;
        listener.left(loop, this);
        deadline.close();
        Exchange current = exchange;
        exchange = null;
        if (current != null) {
            current.downstreamGone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException) && !loop.eventLoop().isShuttingDown()) {
            LOG.error("a connection failed", cause);
        }
        channel.close();
    }

    // Downstream

    @Override
    public void writeHead(Fields head, long contentLength, boolean endOfStream) {
        Exchange current = exchange;
        int status = head.status();
        boolean bodyless = headRequest || status == 204 || status == 304;
        long framing = contentLength;
        chunked = false;
        closeDelimited = false;
        if (bodyless) {
            framing = status == 204 || contentLength < 0 ? HeadWriter.UNFRAMED : contentLength;
        } else if (contentLength < 0 && http10) {
            framing = HeadWriter.UNFRAMED;
            closeDelimited = true;
            keepAlive = false;
        } else if (contentLength < 0) {
            framing = HeadWriter.CHUNKED;
            chunked = !endOfStream;
        }
        if ((current != null && !current.isRequestReceived()) || listener.isClosed()) {
            keepAlive = false;
        }
        Persistence persistence = Persistence.DEFAULT;
        if (!keepAlive) {
            persistence = Persistence.CLOSE;
        } else if (http10) {
            persistence = Persistence.KEEP_ALIVE;
        }
        responding = true;
        channel.write(
                loop.heads().response(alloc(), head, framing, persistence), channel.voidPromise());
    }

    @Override
    public void writeData(ByteBuf data) {
        int size = data.readableBytes();
        loop.counters().bytesOut += size;
        if (chunked) {
            channel.write(loop.heads().chunkStart(alloc(), size), channel.voidPromise());
            channel.write(data, channel.voidPromise());
            channel.write(loop.heads().chunkEnd(alloc()), channel.voidPromise());
        } else {
            channel.write(data, channel.voidPromise());
        }
        unflushed += size;
        if (unflushed > FLUSH_AT) {
            flush();
        }
    }

    @Override
    public void writeEnd(@Nullable Fields trailers) {
        if (chunked) {
            Fields last = trailers == null ? Fields.trailers() : trailers;
            channel.write(loop.heads().lastChunk(alloc(), last), channel.voidPromise());
        }
    }

    @Override
    public void writeContinue() {
        channel.writeAndFlush(loop.heads().interim(alloc(), 100), channel.voidPromise());
    }

    @Override
    public void flush() {
        unflushed = 0;
        channel.flush();
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void pause(boolean stop) {
        paused = stop;
        channel.config().setAutoRead(!stop);
    }

    @Override
    public void timeoutIn(long nanos) {
        if (phase == Phase.LINGER) {
            return;
        }
        timesExchange = nanos > 0;
        if (nanos > 0) {
            deadline.in(nanos);
        } else {
            deadline.clear();
        }
    }

    @Override
    public void abort() {
        keepAlive = false;
        if (responding || !channel.isActive()) {
            channel.flush();
            if (closeDelimited) {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
            }
            channel.close();
        } else {
            reject(new Rejection(502, "the stream was reset"));
        }
    }

    @Override
    public void completed(boolean requestComplete) {
        exchange = null;
        timesExchange = false;
        if (!channel.isActive() || phase == Phase.LINGER) {
            return;
        }
        if (!requestComplete || !keepAlive) {
            linger();
        } else {
            if (paused || !channel.config().isAutoRead()) {
                paused = false;
                channel.config().setAutoRead(true);
            }
            channel.flush();
            if (phase == Phase.ANSWER) {
                next();
            }
        }
    }

    @Override
    public ByteBufAllocator alloc() {
        return channel.alloc();
    }

    @Override
    public Client client() {
        return client;
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public String protocol() {
        return http10 ? "HTTP/1.0" : "HTTP/1.1";
    }
}
