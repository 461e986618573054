package dev.sluice.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakerTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long START = 1000 * SECOND;

    private final Entries one = new Entries();
    private final Entries other = new Entries();
    private final Breaker breaker = new Breaker();

    @ParameterizedTest
    @CsvSource({
        "0, 19, false",
        "0, 20, true",
        "10, 10, true",
        "11, 10, false",
        "5, 14, false",
        "1980, 20, false",
        "20, 20, true"
    })
    void opensWhenHalfOfAtLeastTwentyEntriesCostAVm(int left, int lost, boolean opens) {
        left(left, START);
        lost(lost, START);

        assertThat(opens(START) > 0).isEqualTo(opens);
        assertThat(breaker.isOpen()).isEqualTo(opens);
    }

    @Test
    void whatIsOlderThanTenSecondsDoesNotCount() {
        lost(19, START);
        lost(1, START + 10 * SECOND);

        assertThat(opens(START + 10 * SECOND)).isZero();
    }

    @Test
    void staysOpenTwiceAsLongEachTimeATrialFails() {
        lost(20, START);
        List<Long> millis = new ArrayList<>();
        long now = START;
        for (int i = 0; i < 10; i++) {
            long open = opens(now);
            millis.add(Duration.ofNanos(open).toMillis());
            now = closeAfter(now, open);
            lost(1, now);
        }

        assertThat(millis)
                .containsExactly(
                        100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 10000L, 10000L, 10000L);
    }

    @Test
    void aTrialFailsByTheRatioToo() {
        lost(20, START);
        long now = closeAfter(START, opens(START));
        left(2, now);
        lost(1, now);

        assertThat(opens(now)).isZero();
    }

    @Test
    void afterTenGoodSecondsItStartsOver() {
        lost(20, START);
        long now = closeAfter(START, opens(START)) + 10 * SECOND;
        lost(19, now);
        assertThat(opens(now)).isZero();
        lost(1, now);

        assertThat(Duration.ofNanos(opens(now))).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void whatEnteredBeforeItOpenedDoesNotOpenItAgain() {
        lost(20, START);
        opens(START);
        lost(1, START);

        assertThat(opens(START)).isZero();
    }

    private long opens(long now) {
        return breaker.lost(one.sum(now).plus(other.sum(now)), now);
    }

    private long closeAfter(long now, long nanos) {
        one.clear();
        other.clear();
        breaker.close(now + nanos);
        return now + nanos;
    }

    private void left(int times, long when) {
        for (int i = 0; i < times; i++) {
            (i % 2 == 0 ? one : other).left(when);
        }
    }

    private void lost(int times, long when) {
        for (int i = 0; i < times; i++) {
            (i % 2 == 0 ? one : other).lost(when);
        }
    }
}
