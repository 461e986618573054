package dev.sluice.host.upstream;

import dev.sluice.host.loop.Loop;
import dev.sluice.host.loop.Loops;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import java.util.ArrayList;
import java.util.List;

/// An upstream at run time: its endpoints, and on each loop a pool of connections and a balancer.
///
/// Generations share it by identity as long as its spec is equal, so that a change elsewhere keeps
/// warm connections warm.
///
/// Thread: any; each share is its loop's.
public final class Cluster {
    private final ClusterSpec spec;
    private final List<Share> shares;

    public Cluster(ClusterSpec spec, Loops loops) {
        this.spec = spec;
        var all = new ArrayList<Share>();
        for (Loop loop : loops.all()) {
            all.add(new Share(spec, loop, bootstrap(spec, loops, loop)));
        }
        shares = List.copyOf(all);
    }

    /// What it was made of.
    public ClusterSpec spec() {
        return spec;
    }

    /// The upstream's name.
    public String name() {
        return spec.name();
    }

    /// Begins an exchange on `loop`, which must be the current one.
    public UpstreamStream open(Loop loop, UpstreamListener listener) {
        return new UpstreamStream(shares.get(loop.index()), listener);
    }

    /// Closes idle connections on every loop, and busy ones when their exchange ends.
    public void retire() {
        shares.forEach(share -> share.loop.execute(share::retire));
    }

    private static Bootstrap bootstrap(ClusterSpec spec, Loops loops, Loop loop) {
        var bootstrap =
                new Bootstrap()
                        .group(loop.eventLoop())
                        .resolver(loops.names())
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.SO_KEEPALIVE, true)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                (int) Math.max(1, spec.connectTimeout().toMillis()));
        loops.transport().configure(bootstrap);
        return bootstrap;
    }

    /// One loop's part of a cluster.
    static final class Share {
        final Loop loop;
        final Bootstrap bootstrap;
        private final List<Pool> pools;
        private final Balancer balancer;

        Share(ClusterSpec spec, Loop loop, Bootstrap bootstrap) {
            this.loop = loop;
            this.bootstrap = bootstrap;
            var all = new ArrayList<Pool>();
            for (Endpoint endpoint : spec.endpoints()) {
                all.add(new Pool(endpoint));
            }
            pools = List.copyOf(all);
            balancer = new Balancer(spec.balance(), pools);
        }

        Pool pick() {
            return balancer.pick();
        }

        Pool after(Pool failed) {
            return pools.get((pools.indexOf(failed) + 1) % pools.size());
        }

        int size() {
            return pools.size();
        }

        private void retire() {
            pools.forEach(Pool::retire);
        }
    }
}
