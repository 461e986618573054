package dev.sluice.host.upstream;

import dev.sluice.host.http.FieldsHeaders;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/// Netty's response decoder that knows which responses answer a HEAD.
///
/// Thread: its channel's loop.
final class ResponseDecoder extends HttpResponseDecoder {
    private boolean headRequest;

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
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return headRequest || super.isContentAlwaysEmpty(message);
    }
}
