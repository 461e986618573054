package dev.sluice.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.GuestFailure;
import dev.sluice.host.plugin.Refill.Worth;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefillTest {
    @ParameterizedTest
    @CsvSource({
        "BUDGET, 0, WASTE",
        "BUDGET, 4999, WASTE",
        "BUDGET, 5000, GOOD",
        "STACK_OVERFLOW, 4999, WASTE",
        "TRAP, 0, CHEAP",
        "TRAP, 4999, CHEAP",
        "TRAP, 5000, GOOD"
    })
    void aVmWasWorthItWhenItCostOnePerCentOfItsTimeAtMost(
            GuestFailure.Kind end, long servedMillis, Worth expected) {
        long served = Duration.ofMillis(servedMillis).toNanos();
        long budget = Duration.ofMillis(50).toNanos();

        assertThat(Worth.of(end, served, budget)).isEqualTo(expected);
    }
}
