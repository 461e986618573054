package dev.sluice.host.listener;

import dev.sluice.host.config.ListenerLimitsConfig;
import dev.sluice.host.http.FieldsHeaders;
import dev.sluice.host.http.Names;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ByteProcessor;
import java.util.List;

/// Netty's request decoder that waits: while a request is being answered, the one behind it stays
/// undecoded. Stricter with heads than Netty's.
///
/// Thread: its channel's loop.
final class RequestDecoder extends HttpRequestDecoder {
    private static final int MOST_WAITING = 64 << 10;

    private static final DecoderResult FOLDED =
            DecoderResult.failure(new IllegalArgumentException("header field: folded line"));

    private boolean holding;
    private boolean decoding;
    private boolean discarding;
    private boolean inHead;
    private boolean inBody;
    private boolean folded;

    RequestDecoder(ListenerLimitsConfig limits) {
        super(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(limits.requestLine().toInt())
                        .setMaxHeaderSize(limits.headers().toInt())
                        .setMaxChunkSize(64 << 10)
                        .setStrictLineParsing(true)
                        .setUseRfc9112TransferEncoding(true)
                        .setHeadersFactory(FieldsHeaders.requests())
                        .setTrailersFactory(FieldsHeaders.trailers()));
    }

    /// Decodes nothing until [#goOn]; when much waits, reading stops.
    void hold() {
        holding = true;
    }

    /// Decodes what has arrived meanwhile; from inside a decoding turn, that turn goes on with it.
    void goOn(ChannelHandlerContext own) throws Exception {
        holding = false;
        if (!decoding && actualReadableBytes() > 0) {
            channelRead(own, Unpooled.EMPTY_BUFFER);
            own.fireChannelReadComplete();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object input) throws Exception {
        decoding = true;
        try {
            super.channelRead(ctx, input);
        } finally {
            decoding = false;
        }
    }

    /// Netty reads on by itself as long as nothing was decoded; what waits here waits on purpose.
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        if (holding) {
            ctx.fireChannelReadComplete();
        } else {
            super.channelReadComplete(ctx);
        }
    }

    /// Throws away whatever comes from now on.
    void discard() {
        discarding = true;
    }

    /// Whether a part of a head has come.
    boolean isInHead() {
        return inHead;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
            throws Exception {
        if (discarding) {
            in.skipBytes(in.readableBytes());
        } else if (holding) {
            if (in.readableBytes() >= MOST_WAITING) {
                ctx.channel().config().setAutoRead(false);
            }
        } else if (inBody) {
            super.decode(ctx, in, out);
            inBody = out.isEmpty() || !(out.getLast() instanceof LastHttpContent);
        } else {
            decodeHead(ctx, in, out);
        }
    }

    /// Netty joins folded lines; a head with one is refused. It reads whole lines, so that what one
    /// call reads begins with a line.
    private void decodeHead(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
            throws Exception {
        int begin = in.readerIndex();
        inHead |= in.forEachByte(ByteProcessor.FIND_NON_CRLF) >= 0;
        super.decode(ctx, in, out);
        folded |= beginsWithSpace(in, begin, in.readerIndex());
        if (out.isEmpty()) {
            return;
        }
        if (folded) {
            ((HttpMessage) out.getFirst()).setDecoderResult(FOLDED);
        }
        folded = false;
        inHead = false;
        inBody = !(out.getLast() instanceof LastHttpContent);
    }

    /// Without a length there is no body, even where Netty still knows one of eight bytes.
    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage head) {
        return !head.headers().contains(Names.TRANSFER_ENCODING)
                && !head.headers().contains(Names.CONTENT_LENGTH);
    }

    private static boolean beginsWithSpace(ByteBuf in, int from, int to) {
        int line = from;
        while (line >= 0 && line < to) {
            byte first = in.getByte(line);
            if (first == ' ' || first == '\t') {
                return true;
            }
            int end = in.indexOf(line, to, (byte) '\n');
            line = end < 0 ? to : end + 1;
        }
        return false;
    }

    /// The words of a request line stand one space apart.
    @Override
    protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
        if (line[start - 1] != ' ' || line[start - 2] <= ' ' || line[start + length] != ' ') {
            throw new IllegalArgumentException("request line: not separated by a space");
        }
        return super.splitSecondWordInitialLine(line, start, length);
    }

    @Override
    protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
        String version = super.splitThirdWordInitialLine(line, start, length);
        if (line[start - 2] <= ' ' || !version.startsWith("HTTP/")) {
            throw new IllegalArgumentException("request line: malformed version");
        }
        return version;
    }
}
