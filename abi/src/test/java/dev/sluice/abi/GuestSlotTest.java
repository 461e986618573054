package dev.sluice.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GuestSlotTest {
    private final GuestSlot slot = new GuestSlot(Thread.currentThread());

    @Test
    void showsWhetherAGuestRunsAndWhichEntryItIs() {
        long idle = slot.observe();
        slot.enter(5);
        long first = slot.observe();
        slot.exit();
        slot.enter(7);
        long second = slot.observe();

        assertThat(GuestSlot.running(idle)).isFalse();
        assertThat(GuestSlot.running(first)).isTrue();
        assertThat(second).isNotEqualTo(first);
        assertThat(slot.budgetNanos()).isEqualTo(7);
    }

    @Test
    void interruptsOnlyTheEntryThatWasSeen() {
        slot.enter(5);
        long first = slot.observe();
        slot.exit();
        slot.enter(5);

        assertThat(slot.interrupt(first)).isFalse();
        assertThat(slot.exit()).isFalse();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void takesAnInterruptThatCameBackOnExit() {
        slot.enter(5);
        assertThat(slot.interrupt(slot.observe())).isTrue();

        assertThat(slot.exit()).isTrue();
        assertThat(Thread.interrupted()).isFalse();
        assertThat(GuestSlot.running(slot.observe())).isFalse();
    }

    @Test
    void neverLetsAnInterruptEscape() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger interrupted = new AtomicInteger();
        Thread watchdog =
                new Thread(() -> {
                    while (!done.get()) {
                        if (slot.interrupt(slot.observe())) {
                            interrupted.incrementAndGet();
                        }
                    }
                });
        watchdog.start();
        int seen = 0;
        int escaped = 0;
        for (int i = 0; i < 300_000; i++) {
            slot.enter(1);
            Thread.onSpinWait();
            seen += slot.exit() ? 1 : 0;
            escaped += Thread.interrupted() ? 1 : 0;
        }
        done.set(true);
        watchdog.join();

        assertThat(escaped).isZero();
        assertThat(seen).isEqualTo(interrupted.get());
    }
}
