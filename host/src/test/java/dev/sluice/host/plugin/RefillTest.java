package dev.sluice.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.GuestFailure;
import dev.sluice.host.plugin.Refill.Worth;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefillTest {
    @ParameterizedTest
    @CsvSource({
        "BUDGET, false, 0, WASTE",
        "BUDGET, true, 4999, WASTE",
        "BUDGET, true, 5000, GOOD",
        "STACK_OVERFLOW, true, 4999, WASTE",
        "TRAP, false, 0, NOTHING",
        "TRAP, true, 0, CHEAP",
        "TRAP, true, 4999, CHEAP",
        "TRAP, true, 5000, GOOD"
    })
    void aVmWasWorthItWhenItCostOnePerCentOfItsTimeAtMost(
            GuestFailure.Kind end, boolean entered, long servedMillis, Worth expected) {
        long served = Duration.ofMillis(servedMillis).toNanos();
        long budget = Duration.ofMillis(50).toNanos();

        assertThat(Worth.of(end, entered, served, budget)).isEqualTo(expected);
    }

    @Test
    void pausesGetTenTimesLongerUpToTheLongest() {
        var pauses = new BackOff(3, 100);

        assertThat(LongStream.iterate(0, pauses::after).limit(5))
                .containsExactly(0L, 3L, 30L, 100L, 100L);
    }
}
