package dev.sluice.abi.spi;

import dev.sluice.abi.BufferType;
import dev.sluice.abi.ByteSink;
import dev.sluice.abi.LocalResponse;
import dev.sluice.abi.MapType;
import dev.sluice.abi.ProxyStatus;
import org.jspecify.annotations.Nullable;

/// One HTTP exchange as one stream context sees it.
///
/// The queries are asked from inside host calls: they must not call back into a guest and must not
/// do I/O. The last four methods are effects: they are staged while the guest runs and carried out
/// here after it has returned.
///
/// Thread: the stream's event loop.
public interface HttpStream {
    /// The map of types 0 to 3 if it can be read now.
    @Nullable HeaderMap readable(MapType type);

    /// The map of types 0 to 3 if it can be changed now.
    @Nullable HeaderMap writable(MapType type);

    /// The body of type 0 or 1 if it can be read and changed now.
    @Nullable BodyBuffer body(BufferType type);

    /// Writes the property at `path` (segments separated by NUL) to `out`: `OK`, `NOT_FOUND`, after
    /// which [PluginHost#property] is asked, or `SERIALIZATION_FAILURE` when it has no value that
    /// could be written.
    ProxyStatus property(byte[] source, int pathOffset, int pathLength, ByteSink out);

    /// Keeps a value under `path` for the other plugins of this exchange: `OK` or `BAD_ARGUMENT`.
    ProxyStatus setProperty(
            byte[] source, int pathOffset, int pathLength, int valueOffset, int valueLength);

    /// Lets a stopped request go on; without effect when it is not stopped.
    void resumeRequest();

    /// Lets a stopped response go on; without effect when it is not stopped.
    void resumeResponse();

    /// Resets the exchange.
    void reset();

    /// Answers the client; only the first answer counts.
    void sendLocalResponse(LocalResponse response);
}
