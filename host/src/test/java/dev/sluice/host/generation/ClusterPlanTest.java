package dev.sluice.host.generation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.host.config.ConfigDocument;
import dev.sluice.host.config.ConfigFormat;
import dev.sluice.host.config.ConfigParser;
import dev.sluice.host.config.GatewayConfig;
import dev.sluice.host.loop.Loops;
import dev.sluice.host.loop.Transport;
import dev.sluice.host.upstream.Clusters;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterPlanTest {
    private final Loops loops = new Loops(Transport.NIO, 1, 0);

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void aNewNameThatNobodyKnowsIsAProblem() throws InterruptedException {
        Clusters clusters =
                ClusterPlan.build(upstream("nowhere.invalid:80"), Clusters.none(), loops);
        var problems = new Problems();
        ClusterPlan.check(clusters, Clusters.none(), problems);

        assertThatThrownBy(() -> problems.throwIfAny(ApplyException.Kind.NOT_ADMITTED))
                .hasMessageContaining("nowhere.invalid cannot be resolved");
    }

    @ParameterizedTest(name = "when the upstream becomes {0}")
    @CsvSource({"nowhere.invalid:80", "nowhere.invalid:81"})
    void aNameThatItsUpstreamHasIsNotAskedForAgain(String next) throws InterruptedException {
        Clusters running =
                ClusterPlan.build(upstream("nowhere.invalid:80"), Clusters.none(), loops);
        var problems = new Problems();
        ClusterPlan.check(ClusterPlan.build(upstream(next), running, loops), running, problems);

        assertThatCode(() -> problems.throwIfAny(ApplyException.Kind.NOT_ADMITTED))
                .doesNotThrowAnyException();
    }

    private static GatewayConfig upstream(String endpoint) {
        String yaml = "upstreams: { u: { endpoints: [\"%s\"] } }".formatted(endpoint);
        return ConfigParser.parse(
                        ConfigDocument.read(
                                yaml.getBytes(StandardCharsets.UTF_8), ConfigFormat.YAML))
                .orThrow();
    }
}
