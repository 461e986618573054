package dev.sluice.host.listener;

import dev.sluice.host.config.ListenerLimitsConfig;
import dev.sluice.host.http.FieldsHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.List;

/// Netty's request decoder that waits: while a request is being answered, the one behind it stays
/// undecoded.
///
/// Thread: its channel's loop.
final class RequestDecoder extends HttpRequestDecoder {
    private static final int MOST_WAITING = 64 << 10;

    private boolean holding;
    private boolean decoding;

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

    /// Decodes nothing until [#goOn].
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

    /// Whether bytes wait undecoded.
    boolean hasBytes() {
        return actualReadableBytes() > 0;
    }

    /// Whether so much waits that nothing more should be read.
    boolean isFull() {
        return actualReadableBytes() >= MOST_WAITING;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
            throws Exception {
        if (!holding) {
            super.decode(ctx, in, out);
        }
    }
}
