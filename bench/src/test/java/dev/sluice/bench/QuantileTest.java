package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuantileTest {
    @Test
    void takesTheLowerQuartile() {
        assertThat(Quantile.lowerQuartile(List.of(5.0, 1.0, 3.0, 2.0, 4.0))).isEqualTo(2.0);
    }

    @Test
    void interpolatesBetweenNeighbours() {
        assertThat(Quantile.lowerQuartile(List.of(10.0, 20.0))).isEqualTo(12.5);
        assertThat(Quantile.median(List.of(10.0, 20.0))).isEqualTo(15.0);
    }

    @Test
    void refusesNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> Quantile.median(List.of()));
    }
}
