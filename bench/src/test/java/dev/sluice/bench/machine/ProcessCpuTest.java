package dev.sluice.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessCpuTest {
    @Test
    void takesTheTimeOnCpuFromSchedstat() {
        assertThat(ProcessCpu.onCpu("28236171967 1191260184 106556\n")).isEqualTo(28236171967L);
    }

    @Test
    void refusesWhatIsNoSchedstat() {
        assertThatIllegalArgumentException().isThrownBy(() -> ProcessCpu.onCpu("0"));
    }

    @Test
    void readsResidentMemoryInKibibytes() {
        assertThat(ProcessCpu.residentBytes("VmHWM:\t  9 kB\nVmRSS:\t   71620 kB\n"))
                .isEqualTo(71620L << 10);
    }

    @Test
    void countsTheTimeThisProcessSpends() {
        long before = ProcessCpu.nanos(ProcessHandle.current());
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        while (System.nanoTime() - until < 0) {
            Thread.onSpinWait();
        }

        assertThat(ProcessCpu.nanos(ProcessHandle.current())).isGreaterThan(before);
    }
}
