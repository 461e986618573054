package dev.sluice.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.GuestSlot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    @Test
    @SuppressWarnings("NullAway") // a slot that cannot be judged
    void anErrorAtOneSlotDoesNotEndTheBudgetsOfOthers() {
        var broken = new GuestSlot(null);
        broken.enter(1);
        var slot = new GuestSlot(Thread.currentThread());
        try (var watchdog = new Watchdog(List.of(broken, slot))) {
            slot.enter(Duration.ofMillis(5).toNanos());
            long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (!Thread.currentThread().isInterrupted() && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }

            assertThat(slot.exit()).as("whether the guest was stopped").isTrue();
            assertThat(watchdog).isNotNull();
        }
    }
}
