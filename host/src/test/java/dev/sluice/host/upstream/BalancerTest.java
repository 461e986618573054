package dev.sluice.host.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.host.config.Balance;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// How requests are dealt out to two endpoints, the first of which has three times the weight.
class BalancerTest {
    private static final Endpoint HEAVY = Endpoint.of("127.0.0.1", 1, 3);
    private static final Endpoint LIGHT = Endpoint.of("127.0.0.1", 2, 1);

    private final Pool heavy = new Pool(HEAVY.address());
    private final Pool light = new Pool(LIGHT.address());

    @Test
    void roundRobinTakesTurnsByWeight() {
        Balancer balancer = balancer(Balance.ROUND_ROBIN);

        assertThat(Stream.generate(balancer::pick).limit(8))
                .containsExactly(heavy, heavy, light, heavy, heavy, heavy, light, heavy);
    }

    @Test
    void randomFollowsTheWeight() {
        assertThat(heavyOf4000(balancer(Balance.RANDOM))).isBetween(2_700L, 3_300L);
    }

    @Test
    void leastRequestAvoidsTheBusyOneOfTwo() {
        IntStream.range(0, 100).forEach(_ -> heavy.began());

        assertThat(heavyOf4000(balancer(Balance.LEAST_REQUEST)))
                .as("only when it was drawn twice, nine times in sixteen")
                .isBetween(1_950L, 2_550L);
    }

    private Balancer balancer(Balance balance) {
        var spec = new ClusterSpec("u", List.of(HEAVY, LIGHT), balance, Duration.ofSeconds(1));
        return new Balancer(spec, List.of(heavy, light));
    }

    private long heavyOf4000(Balancer balancer) {
        return Stream.generate(balancer::pick).limit(4_000).filter(heavy::equals).count();
    }
}
