package dev.sluice.host.filter;

import dev.sluice.host.loop.Loop;
import dev.sluice.host.upstream.Clusters;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What filters may know of an exchange beyond its fields.
///
/// Thread: the exchange's event loop.
public interface StreamView {
    /// The loop everything of this exchange happens on.
    Loop loop();

    /// The client's address.
    InetSocketAddress remoteAddress();

    /// The IP address of the client, as text.
    String clientIp();

    /// The address the client connected to.
    InetSocketAddress localAddress();

    /// Number of the connection, unique in the process.
    long connectionId();

    /// `HTTP/1.1` or `HTTP/1.0`.
    String protocol();

    /// When the head had been decoded, in nanoseconds since the Unix epoch.
    long startUnixNanos();

    /// The same moment, as `System.nanoTime` tells it.
    long startNanos();

    /// How long the exchange has taken so far.
    long elapsedNanos();

    /// The route's name, or empty when none matched.
    String routeName();

    /// The upstream's name, or empty when there is none.
    String upstreamName();

    /// The upstream endpoint in use, or null.
    @Nullable InetSocketAddress upstreamAddress();

    /// Request body bytes so far.
    long requestBytes();

    /// Response body bytes so far.
    long responseBytes();

    /// Why the response is what it is, such as `via_upstream`.
    String responseDetails();

    /// The upstreams of the exchange's generation, which its plugins may call.
    Clusters clusters();

    /// Values that plugins of this exchange leave for one another.
    Map<String, byte[]> properties();
}
