package dev.sluice.host.upstream;

import dev.sluice.host.http.FieldsHeaders;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.ReferenceCountUtil;

/// Netty's response decoder that knows when a response is due, and which ones answer a HEAD.
///
/// Thread: its channel's loop.
final class ResponseDecoder extends HttpResponseDecoder {
    private boolean headRequest;
    private boolean resting;

    ResponseDecoder() {
        super(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(8 << 10)
                        .setMaxHeaderSize(64 << 10)
                        .setMaxChunkSize(64 << 10)
                        .setStrictLineParsing(true)
                        .setUseRfc9112TransferEncoding(true)
                        .setHeadersFactory(FieldsHeaders.responses())
                        .setTrailersFactory(FieldsHeaders.trailers()));
    }

    /// The next response answers a HEAD, or does not.
    void expect(boolean head) {
        headRequest = head;
        resting = false;
    }

    /// No response is due: the connection ends when something comes.
    ///
    /// @return whether nothing has come already
    boolean rest() {
        resting = true;
        return actualReadableBytes() == 0;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object input) throws Exception {
        if (resting) {
            ReferenceCountUtil.release(input);
            ctx.close();
        } else {
            super.channelRead(ctx, input);
        }
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return headRequest || super.isContentAlwaysEmpty(message);
    }
}
