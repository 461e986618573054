package dev.sluice.host.stream;

import dev.sluice.host.filter.StreamView;
import dev.sluice.host.loop.Loop;
import dev.sluice.host.route.Generation;
import dev.sluice.host.route.Route;
import dev.sluice.host.upstream.Cluster;
import dev.sluice.host.upstream.Clusters;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What filters and the access log may know of an exchange; the exchange writes it down as it goes.
///
/// Thread: the exchange's event loop.
final class ExchangeView implements StreamView {
    private final Loop loop;
    private final Downstream downstream;
    private final Generation generation;
    private final Route route;
    private final long startUnixNanos;
    private final long startNanos = System.nanoTime();
    private @Nullable Map<String, byte[]> properties;

    @Nullable InetSocketAddress upstreamAddress;
    String details = "";
    long requestBytes;
    long responseBytes;

    ExchangeView(
            Loop loop,
            Downstream downstream,
            Generation generation,
            Route route,
            long startUnixNanos) {
        this.loop = loop;
        this.downstream = downstream;
        this.generation = generation;
        this.route = route;
        this.startUnixNanos = startUnixNanos;
    }

    Generation generation() {
        return generation;
    }

    Route route() {
        return route;
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return downstream.client().address();
    }

    @Override
    public String clientIp() {
        return downstream.client().ip();
    }

    @Override
    public InetSocketAddress localAddress() {
        return downstream.localAddress();
    }

    @Override
    public long connectionId() {
        return downstream.client().connectionId();
    }

    @Override
    public String protocol() {
        return downstream.protocol();
    }

    @Override
    public long startUnixNanos() {
        return startUnixNanos;
    }

    @Override
    public long startNanos() {
        return startNanos;
    }

    @Override
    public long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }

    @Override
    public String routeName() {
        return route.name();
    }

    @Override
    public String upstreamName() {
        return route.action() instanceof Route.Action.Forward(Cluster cluster)
                ? cluster.name()
                : "";
    }

    @Override
    public @Nullable InetSocketAddress upstreamAddress() {
        return upstreamAddress;
    }

    @Override
    public long requestBytes() {
        return requestBytes;
    }

    @Override
    public long responseBytes() {
        return responseBytes;
    }

    @Override
    public String responseDetails() {
        return details;
    }

    @Override
    public Clusters clusters() {
        return generation.clusters();
    }

    @Override
    public Map<String, byte[]> properties() {
        if (properties == null) {
            properties = new HashMap<>();
        }
        return properties;
    }
}
