package dev.sluice.host.generation;

import dev.sluice.host.config.GatewayConfig;
import dev.sluice.host.config.UpstreamConfig;
import dev.sluice.host.loop.Loops;
import dev.sluice.host.upstream.Cluster;
import dev.sluice.host.upstream.ClusterSpec;
import dev.sluice.host.upstream.Clusters;
import dev.sluice.host.upstream.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
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
                    clusters.put(name, cluster(spec, running, loops));
                });
        return new Clusters(clusters);
    }

    private static Cluster cluster(ClusterSpec spec, @Nullable Cluster running, Loops loops) {
        if (running == null) {
            return new Cluster(spec, loops);
        }
        return running.spec().equals(spec) ? running : running.successor(spec, loops);
    }

    /// Looks the names of new endpoints up: a name that was mistyped should show now. A name that
    /// its upstream has already is not asked for again, so that a failing DNS stops no other
    /// change.
    static void check(Clusters clusters, Clusters present, Problems problems)
            throws InterruptedException {
        List<Lookup> lookups;
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            lookups =
                    clusters.byName().values().stream()
                            .filter(each -> present.byName().get(each.name()) != each)
                            .flatMap(each ->
                                    newNames(each, present.byName().get(each.name())).stream()
                                            .map(name -> lookup(each, name, workers)))
                            .toList();
        }
        for (Lookup each : lookups) {
            if (!isFound(each.address())) {
                problems.add(
                        "/upstreams/" + each.upstream(),
                        "host_not_found",
                        "%s cannot be resolved to an address; check the name and the DNS"
                                .formatted(each.host()));
            }
        }
    }

    private static Set<String> newNames(Cluster cluster, @Nullable Cluster running) {
        Set<String> names = names(cluster);
        if (running != null) {
            names.removeAll(names(running));
        }
        return names;
    }

    private static Set<String> names(Cluster cluster) {
        return cluster.spec().endpoints().stream()
                .map(Endpoint::address)
                .filter(InetSocketAddress::isUnresolved)
                .map(InetSocketAddress::getHostString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Lookup lookup(Cluster cluster, String host, ExecutorService workers) {
        return new Lookup(cluster.name(), host, workers.submit(() -> InetAddress.getByName(host)));
    }

    /// A question for the address of a name.
    private record Lookup(String upstream, String host, Future<InetAddress> address) {}

    private static boolean isFound(Future<InetAddress> lookup) throws InterruptedException {
        try {
            lookup.get();
            return true;
        } catch (ExecutionException _) {
            return false;
        }
    }

    private static ClusterSpec spec(String name, UpstreamConfig upstream) {
        return new ClusterSpec(
                name,
                upstream.endpoints().stream()
                        .map(each ->
                                Endpoint.of(
                                        each.address().host(),
                                        each.address().port(),
                                        each.weight()))
                        .toList(),
                upstream.balance(),
                upstream.connectTimeout());
    }
}
