package dev.sluice.host.generation;

import dev.sluice.host.config.GatewayConfig;
import dev.sluice.host.config.UpstreamConfig;
import dev.sluice.host.loop.Loops;
import dev.sluice.host.upstream.Cluster;
import dev.sluice.host.upstream.ClusterSpec;
import dev.sluice.host.upstream.Clusters;
import dev.sluice.host.upstream.Endpoint;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The clusters of a config; those that did not change are the ones that run.
final class ClusterPlan {
    private ClusterPlan() {}

    static Clusters build(GatewayConfig config, Clusters present, Loops loops) {
        Map<String, Cluster> clusters = new LinkedHashMap<>();
        config.upstreams()
                .forEach((name, upstream) -> {
                    ClusterSpec spec = spec(name, upstream);
                    @Nullable Cluster running = present.byName().get(name);
                    boolean same = running != null && running.spec().equals(spec);
                    clusters.put(name, same ? running : new Cluster(spec, loops));
                });
        return new Clusters(clusters);
    }

    /// Finds the endpoints without an address.
    static void check(Clusters clusters, Problems problems) {
        clusters.byName()
                .forEach((name, cluster) ->
                        cluster.spec().endpoints().stream()
                                .map(Endpoint::address)
                                .filter(InetSocketAddress::isUnresolved)
                                .forEach(each ->
                                        problems.add(
                                                "/upstreams/" + name,
                                                "host_not_found",
                                                "%s cannot be resolved to an address; check the name and the DNS"
                                                        .formatted(each.getHostString()))));
    }

    private static ClusterSpec spec(String name, UpstreamConfig upstream) {
        return new ClusterSpec(
                name,
                upstream.endpoints().stream()
                        .map(each ->
                                new Endpoint(
                                        new InetSocketAddress(
                                                each.address().host(), each.address().port()),
                                        each.weight()))
                        .toList(),
                upstream.balance(),
                upstream.connectTimeout());
    }
}
