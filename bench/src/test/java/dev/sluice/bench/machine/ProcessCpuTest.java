package dev.sluice.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessCpuTest {
    @Test
    void takesUserAndSystemTimeFromStat() {
        String stat =
                "4242 (a) name) S 1 4242 4242 0 -1 4194560 100 0 0 0 123 45 7 8 20 0 31 0 99 1 2\n";

        assertThat(ProcessCpu.nanos(stat)).isEqualTo(1_680_000_000L);
    }

    @Test
    void countsThreadsThatHaveEnded() throws InterruptedException {
        long before = ProcessCpu.nanos(ProcessHandle.current());
        Thread.ofPlatform().start(() -> spin(TimeUnit.MILLISECONDS.toNanos(100))).join();

        assertThat(ProcessCpu.nanos(ProcessHandle.current()) - before)
                .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(20));
    }

    @Test
    void readsResidentMemoryInKibibytes() {
        assertThat(ProcessCpu.residentBytes("VmHWM:\t  9 kB\nVmRSS:\t   71620 kB\n"))
                .isEqualTo(71620L << 10);
    }

    @Test
    void countsTheTimeThisProcessSpends() {
        long before = ProcessCpu.nanos(ProcessHandle.current());
        spin(TimeUnit.MILLISECONDS.toNanos(50));

        assertThat(ProcessCpu.nanos(ProcessHandle.current())).isGreaterThan(before);
    }

    /// Until this thread has used as much CPU time.
    private static void spin(long nanos) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long until = threads.getCurrentThreadCpuTime() + nanos;
        while (threads.getCurrentThreadCpuTime() - until < 0) {
            Thread.onSpinWait();
        }
    }
}
