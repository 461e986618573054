package dev.sluice.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogLimiterTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LogLimiter limiter = new LogLimiter(3);

    @Test
    void soManyLinesPassInASecondAndAsManyInTheNext() {
        assertThat(passed(5, 7 * SECOND)).isEqualTo(3);
        assertThat(passed(5, 7 * SECOND + SECOND / 2)).isZero();
        assertThat(passed(5, 8 * SECOND)).isEqualTo(3);
    }

    @Test
    void zeroLinesIsSilence() {
        assertThat(new LogLimiter(0).allows(SECOND)).isFalse();
    }

    private long passed(int lines, long nanos) {
        return IntStream.range(0, lines).filter(_ -> limiter.allows(nanos)).count();
    }
}
