package dev.sluice.host.upstream;

import dev.sluice.host.loop.Loop;
import dev.sluice.host.loop.Loops;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;

/// An upstream at run time: its endpoints, and on each loop a pool of connections and a balancer.
///
/// Generations share it by identity as long as its spec is equal, and where the spec changes, its
/// successor has its pools of the addresses that stay: a change keeps warm connections warm.
///
/// Thread: any; each share is its loop's.
public final class Cluster {
    private final ClusterSpec spec;
    private final List<Share> shares;

    public Cluster(ClusterSpec spec, Loops loops) {
        this(spec, loops, _ -> List.of());
    }

    private Cluster(ClusterSpec spec, Loops loops, Function<Loop, List<Pool>> before) {
        this.spec = spec;
        var all = new ArrayList<Share>();
        for (Loop loop : loops.all()) {
            all.add(new Share(spec, loop, bootstrap(spec, loops, loop), before.apply(loop)));
        }
        shares = List.copyOf(all);
    }

    /// What takes the place of this one when its upstream becomes `next`.
    public Cluster successor(ClusterSpec next, Loops loops) {
        return new Cluster(next, loops, loop -> shares.get(loop.index()).pools);
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

    /// Closes idle connections on every loop, and busy ones when their exchange ends; not those
    /// that a successor goes on with.
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

        /// @param before pools that it may go on with
        Share(ClusterSpec spec, Loop loop, Bootstrap bootstrap, List<Pool> before) {
            this.loop = loop;
            this.bootstrap = bootstrap;
            var known = new HashMap<InetSocketAddress, Pool>();
            before.forEach(each -> known.put(each.address(), each));
            var all = new ArrayList<Pool>();
            for (Endpoint endpoint : spec.endpoints()) {
                Pool warm = known.remove(endpoint.address());
                all.add(warm != null && warm.share() ? warm : new Pool(endpoint.address()));
            }
            pools = List.copyOf(all);
            balancer = new Balancer(spec, pools);
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
            pools.forEach(Pool::release);
        }
    }
}
