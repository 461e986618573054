package dev.sluice.host.upstream;

import dev.sluice.host.http.Fields;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// What an exchange with an upstream tells the one that began it.
///
/// After [#onResponseEnd] or [#onFailure] nothing more is told.
///
/// Thread: the loop the exchange was opened on; never from inside [UpstreamStream]'s own methods.
public interface UpstreamListener {
    /// A connection is there and the request head goes out on it.
    void onConnected(InetSocketAddress endpoint);

    /// The final response head.
    ///
    /// @param contentLength exact length, or -1 when it is not known
    void onResponseHead(Fields head, long contentLength, boolean endOfStream);

    /// Response bytes; the buffer is transferred.
    void onResponseData(ByteBuf data);

    /// The response is complete.
    void onResponseEnd(@Nullable Fields trailers);

    /// What was read in one go has been told: flush what it became.
    void onReadComplete();

    /// The connection takes more bytes, or does not.
    void onWritable(boolean writable);

    /// The exchange is over before its end.
    void onFailure(UpstreamFailure failure);
}
