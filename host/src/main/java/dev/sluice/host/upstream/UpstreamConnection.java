package dev.sluice.host.upstream;

import dev.sluice.host.http.Fields;
import dev.sluice.host.http.FieldsHeaders;
import dev.sluice.host.http.HeadWriter;
import dev.sluice.host.http.HopByHop;
import dev.sluice.host.http.Names;
import dev.sluice.host.http.Trailers;
import dev.sluice.host.loop.Deadline;
import dev.sluice.host.loop.Loop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection to an endpoint: carries one exchange at a time, and rests in its pool in between.
///
/// Thread: its loop's.
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamConnection.class);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Channel channel;
    private final InetSocketAddress address;
    private final Loop loop;
    private final Pool pool;
    private final ResponseDecoder decoder;
    private final Deadline idle;
    private @Nullable UpstreamStream stream;
    private boolean used;
    private boolean reusable;
    private boolean responseStarted;

    UpstreamConnection(Channel channel, Loop loop, Pool pool, ResponseDecoder decoder) {
        this.channel = channel;
        address = (InetSocketAddress) channel.remoteAddress();
        this.loop = loop;
        this.pool = pool;
        this.decoder = decoder;
        idle = new Deadline(loop, this::close);
        loop.counters().upstreamConnections++;
        loop.counters().upstreamConnectionsActive++;
    }

    /// Whether it has carried an exchange before: then the endpoint may have closed it meanwhile.
    boolean isUsed() {
        return used;
    }

    boolean isUsable() {
        return channel.isActive();
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    /// Where the other end is.
    InetSocketAddress address() {
        return address;
    }

    Loop loop() {
        return loop;
    }

    Pool pool() {
        return pool;
    }

    void begin(UpstreamStream next, boolean head) {
        stream = next;
        reusable = false;
        responseStarted = false;
        idle.clear();
        decoder.expect(head);
    }

    void write(ByteBuf bytes) {
        channel.write(bytes, channel.voidPromise());
    }

    HeadWriter heads() {
        return loop.heads();
    }

    void flush() {
        channel.flush();
    }

    void read(boolean wanted) {
        channel.config().setAutoRead(wanted);
    }

    ByteBufAllocator alloc() {
        return channel.alloc();
    }

    /// Ends the exchange: back to the pool when both sides ended cleanly, closed otherwise.
    void release(boolean requestComplete) {
        stream = null;
        used = true;
        boolean clean = decoder.rest();
        if (!reusable || !requestComplete || !clean || !channel.isActive()) {
            close();
            return;
        }
        if (!channel.config().isAutoRead()) {
            channel.config().setAutoRead(true);
        }
        idle.in(IDLE_NANOS);
        if (hasUnsent()) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> rest());
        } else {
            rest();
        }
    }

    private void rest() {
        if (channel.isActive()) {
            pool.put(this);
        }
    }

    /// Whether bytes of the request still wait to be sent: the endpoint answered before its end, or
    /// the same turn of the loop that wrote them has read the answer. They go first.
    private boolean hasUnsent() {
        ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
        return unsent != null && !unsent.isEmpty();
    }

    void close() {
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        UpstreamStream current = stream;
        if (current == null || !(message instanceof HttpObject object)) {
            ReferenceCountUtil.release(message);
            close();
            return;
        }
        if (object.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            fail(responseStarted ? UpstreamFailure.RESET : UpstreamFailure.MALFORMED);
            return;
        }
        switch (object) {
            case HttpResponse head -> onHead(current, head);
            case LastHttpContent last -> onLast(current, last);
            case HttpContent content -> onContent(current, content);
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void onHead(UpstreamStream current, HttpResponse head) {
        int status = head.status().code();
        Fields fields = ((FieldsHeaders) head.headers()).fields();
        if (!isSound(head, status, fields)) {
            fail(UpstreamFailure.MALFORMED);
            return;
        }
        if (status < 200) {
            return;
        }
        boolean chunked = fields.contains(Names.TRANSFER_ENCODING);
        String declared = fields.get(Names.CONTENT_LENGTH);
        boolean framed = chunked || declared != null || decoder.isContentAlwaysEmpty(head);
        reusable = framed && HttpUtil.isKeepAlive(head);
        responseStarted = true;
        fields.status(status);
        HopByHop.removeFrom(fields);
        current.responseHead(fields, declared == null ? -1 : Long.parseLong(declared));
    }

    /// Whether this is a response, and where its body ends is beyond doubt.
    private static boolean isSound(HttpResponse head, int status, Fields fields) {
        HttpVersion version = head.protocolVersion();
        boolean known =
                version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
        if (!known || status < 100 || status > 599 || status == 101) {
            return false;
        }
        if (fields.contains(Names.TRANSFER_ENCODING)) {
            return !fields.contains(Names.CONTENT_LENGTH) && isChunked(fields);
        }
        return true;
    }

    private static boolean isChunked(Fields fields) {
        int coding = fields.indexOf(Names.TRANSFER_ENCODING, 0);
        return fields.value(coding).equalsIgnoreCase("chunked")
                && fields.indexOf(Names.TRANSFER_ENCODING, coding + 1) < 0;
    }

    private void onContent(UpstreamStream current, HttpContent content) {
        current.responseData(content.content());
    }

    private void onLast(UpstreamStream current, LastHttpContent last) {
        if (!responseStarted) {
            last.release();
            return;
        }
        if (last.content().isReadable()) {
            current.responseData(last.content());
        } else {
            last.release();
        }
        if (stream == current) {
            current.responseEnd(Trailers.of(last));
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (stream != null) {
            stream.readComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (stream != null) {
            stream.writable(channel.isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.counters().upstreamConnectionsActive--;
        idle.close();
        pool.remove(this);
        fail(broken());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException) && !loop.eventLoop().isShuttingDown()) {
            LOG.error("a connection to {} failed", address, cause);
        }
        fail(broken());
    }

    private UpstreamFailure broken() {
        return responseStarted ? UpstreamFailure.RESET : UpstreamFailure.RESET_BEFORE_RESPONSE;
    }

    /// Told before the connection is closed: the decoder takes a close for the end of a body that
    /// has no length.
    private void fail(UpstreamFailure failure) {
        UpstreamStream current = stream;
        stream = null;
        if (current != null) {
            current.failed(failure);
        }
        close();
    }
}
