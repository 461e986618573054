package dev.sluice.host.upstream;

import dev.sluice.host.config.Balance;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Deals one loop's requests out to the endpoints of a cluster.
///
/// Thread: its loop's.
final class Balancer {
    private final Balance balance;
    private final List<Pool> pools;
    private final int[] current;
    private final int totalWeight;

    Balancer(Balance balance, List<Pool> pools) {
        this.balance = balance;
        this.pools = pools;
        current = new int[pools.size()];
        totalWeight = pools.stream().mapToInt(pool -> pool.endpoint().weight()).sum();
    }

    Pool pick() {
        if (pools.size() == 1) {
            return pools.getFirst();
        }
        return switch (balance) {
            case ROUND_ROBIN -> smoothRoundRobin();
            case RANDOM -> random();
            case LEAST_REQUEST -> lessLoadedOfTwo();
        };
    }

    private Pool smoothRoundRobin() {
        int best = 0;
        for (int i = 0; i < current.length; i++) {
            current[i] += pools.get(i).endpoint().weight();
            if (current[i] > current[best]) {
                best = i;
            }
        }
        current[best] -= totalWeight;
        return pools.get(best);
    }

    private Pool random() {
        int ticket = ThreadLocalRandom.current().nextInt(totalWeight);
        int i = 0;
        while (ticket >= pools.get(i).endpoint().weight()) {
            ticket -= pools.get(i++).endpoint().weight();
        }
        return pools.get(i);
    }

    private Pool lessLoadedOfTwo() {
        Pool a = random();
        Pool b = random();
        long loadA = (long) (a.active() + 1) * b.endpoint().weight();
        long loadB = (long) (b.active() + 1) * a.endpoint().weight();
        return loadA <= loadB ? a : b;
    }
}
