package dev.sluice.host.stream;

import dev.sluice.host.http.Fields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// The client's side of one exchange, as a protocol carries it.
///
/// Thread: the exchange's event loop.
public interface Downstream {
    /// Begins the response.
    ///
    /// @param contentLength exact length, or -1 when it is not known
    void writeHead(Fields head, long contentLength, boolean endOfStream);

    /// Writes response bytes; the buffer is transferred.
    void writeData(ByteBuf data);

    /// Ends the response.
    void writeEnd(@Nullable Fields trailers);

    /// Tells a client that waits for it to send its body.
    void writeContinue();

    /// Sends what was written.
    void flush();

    /// Whether the client takes more bytes.
    boolean isWritable();

    /// Stops reading the request, or goes on.
    void pause(boolean stop);

    /// Calls [Exchange#timedOut] after this many nanoseconds; 0 never does.
    void timeoutIn(long nanos);

    /// The response cannot be completed: the client must not take it for complete.
    void abort();

    /// The exchange is over.
    ///
    /// @param requestComplete whether the whole request had been read
    void completed(boolean requestComplete);

    /// Where buffers for this client come from.
    ByteBufAllocator alloc();

    /// Who is at the other end.
    Client client();

    /// The address the client connected to.
    InetSocketAddress localAddress();

    /// `HTTP/1.1` or `HTTP/1.0`.
    String protocol();
}
