package dev.sluice.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.host.plugin.Refill.Worth;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefillTest {
    @ParameterizedTest
    @CsvSource({
        "true, 0, WASTE",
        "true, 4999, WASTE",
        "true, 5000, GOOD",
        "false, 0, CHEAP",
        "false, 4999, CHEAP",
        "false, 5000, GOOD"
    })
    void aVmWasWorthItWhenItCostOnePerCentOfItsTimeAtMost(
            boolean interrupted, long servedMillis, Worth expected) {
        long served = Duration.ofMillis(servedMillis).toNanos();
        long budget = Duration.ofMillis(50).toNanos();

        assertThat(Worth.of(interrupted, served, budget)).isEqualTo(expected);
    }
}
