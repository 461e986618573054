package dev.sluice.host.upstream;

import dev.sluice.host.config.Balance;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/// Deals one loop's requests out to the endpoints of a cluster.
///
/// Thread: its loop's.
final class Balancer {
    private final Balance balance;
    private final List<Pool> pools;
    private final int[] weights;
    private final int[] current;
    private final int totalWeight;

    /// @param pools of the endpoints of `spec`, in its order
    Balancer(ClusterSpec spec, List<Pool> pools) {
        balance = spec.balance();
        this.pools = pools;
        weights = spec.endpoints().stream().mapToInt(Endpoint::weight).toArray();
        current = new int[weights.length];
        totalWeight = IntStream.of(weights).sum();
    }

    Pool pick() {
        if (pools.size() == 1) {
            return pools.getFirst();
        }
        return switch (balance) {
            case ROUND_ROBIN -> smoothRoundRobin();
            case RANDOM -> pools.get(random());
            case LEAST_REQUEST -> lessLoadedOfTwo();
        };
    }

    private Pool smoothRoundRobin() {
        int best = 0;
        for (int i = 0; i < current.length; i++) {
            current[i] += weights[i];
            if (current[i] > current[best]) {
                best = i;
            }
        }
        current[best] -= totalWeight;
        return pools.get(best);
    }

    private int random() {
        int ticket = ThreadLocalRandom.current().nextInt(totalWeight);
        int i = 0;
        while (ticket >= weights[i]) {
            ticket -= weights[i++];
        }
        return i;
    }

    private Pool lessLoadedOfTwo() {
        int a = random();
        int b = random();
        long loadA = (long) (pools.get(a).active() + 1) * weights[b];
        long loadB = (long) (pools.get(b).active() + 1) * weights[a];
        return pools.get(loadA <= loadB ? a : b);
    }
}
