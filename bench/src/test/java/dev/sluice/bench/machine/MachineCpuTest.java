package dev.sluice.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineCpuTest {
    @Test
    void countsIdleAndWaitingTime() {
        assertThat(MachineCpu.idle("cpu  1 2 4 1000 2000 8 16 32 64 128\ncpu0 9 9 9\n"))
                .isEqualTo(1000 + 2000);
    }

    @Test
    void countsTheCoresOfTheMachine() {
        assertThat(MachineCpu.cores("cpu  9 9\ncpu0 4 4\ncpu1 5 5\nintr 1\n")).isEqualTo(2);
    }

    @Test
    void countsAProcessWithTheChildrenItWaitedFor() {
        String stat = "7 (a b) c) S 1 7 7 0 -1 4194560 1 0 0 0 100 200 300 400 20 0 1 0";

        assertThat(MachineCpu.ofSelf(stat)).isEqualTo(1000);
    }
}
