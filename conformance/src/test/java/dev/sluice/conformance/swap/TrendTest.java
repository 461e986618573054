package dev.sluice.conformance.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final double SHARE = 0.02;

    @Test
    void findsTheLineThroughItsPoints() {
        Trend trend = Trend.of(samples(i -> 100 + 3 * i));

        assertThat(trend.slope()).isCloseTo(3, within(1e-9));
        assertThat(trend.slopeError()).isCloseTo(0, within(1e-9));
        assertThat(trend.drift()).isCloseTo(3 * 79 / 218.5, within(1e-9));
        assertThat(trend.isFlat(SHARE)).isFalse();
    }

    @Test
    void noiseWithoutARiseIsFlat() {
        var random = new Random(1);
        assertThat(Trend.of(samples(_ -> 1000 + 500 * random.nextGaussian())).isFlat(SHARE))
                .isTrue();
    }

    @Test
    void aSmallRiseIsFlatThoughItIsCertain() {
        assertThat(Trend.of(samples(i -> 10_000 + i)).isFlat(SHARE)).isTrue();
        assertThat(Trend.of(samples(i -> 10_000 + 4 * i)).isFlat(SHARE)).isFalse();
    }

    @Test
    void aRiseUnderNoiseIsFound() {
        var random = new Random(2);
        assertThat(Trend.of(samples(i -> 1000 + 10 * i + 50 * random.nextGaussian())).isFlat(SHARE))
                .isFalse();
    }

    private interface Samples {
        double at(int i);
    }

    private static List<Double> samples(Samples samples) {
        return IntStream.range(0, 80).mapToDouble(samples::at).boxed().toList();
    }
}
