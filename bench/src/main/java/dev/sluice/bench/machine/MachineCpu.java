package dev.sluice.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// How much of the machine others used since this was taken: programs that are not ours, and time
/// the hypervisor gave away.
///
/// What was not idle was busy: the kernel samples busy time, and so takes programs that wake with
/// its clock for busier than they are, but measures idle time. Its unit is a hundredth of a second,
/// so a span should last a second or more.
public final class MachineCpu {
    private static final double TICKS_PER_SECOND = 100;

    private final List<ProcessHandle> ours;
    private final long beganNanos = System.nanoTime();
    private final long beganIdle;
    private final long beganOurs;

    private MachineCpu(List<ProcessHandle> ours) {
        this.ours = ours;
        beganIdle = idle(read("/proc/stat"));
        beganOurs = used(ours);
    }

    /// Begins a span.
    ///
    /// @param ours processes that belong to the measurement, beside this one and the children it
    ///   waits for meanwhile
    public static MachineCpu begin(List<ProcessHandle> ours) {
        return new MachineCpu(ours);
    }

    /// Cores that others kept busy since then.
    public double foreignCores() {
        double seconds = (System.nanoTime() - beganNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        String stat = read("/proc/stat");
        long known = idle(stat) - beganIdle + used(ours) - beganOurs;
        return Math.max(0, cores(stat) - known / TICKS_PER_SECOND / seconds);
    }

    private static long used(List<ProcessHandle> ours) {
        long sum = ofSelf(read("/proc/self/stat"));
        for (ProcessHandle each : ours) {
            sum += ProcessCpu.nanos(each) / TimeUnit.MILLISECONDS.toNanos(10);
        }
        return sum;
    }

    /// Ticks of the first line of `/proc/stat` in which the machine did nothing, or waited for a
    /// disk.
    static long idle(String stat) {
        String[] numbers = stat.lines().findFirst().orElseThrow().split(" +", -1);
        return Long.parseLong(numbers[4]) + Long.parseLong(numbers[5]);
    }

    /// How many cores `/proc/stat` tells of: all of the machine's, whichever this process may use.
    static long cores(String stat) {
        return stat.lines().filter(line -> line.matches("cpu\\d+ .*")).count();
    }

    /// Ticks of a process and of the children it has waited for, from `/proc/PID/stat`.
    static long ofSelf(String stat) {
        String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long sum = 0;
        for (int i = 11; i <= 14; i++) {
            sum += Long.parseLong(behindName[i]);
        }
        return sum;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
