package dev.sluice.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// The CPU time and memory of a process and its children, every thread counted: those that compile
/// and collect garbage too, and those that have ended.
public final class ProcessCpu {
    private static final long NANOS_PER_TICK = TimeUnit.MILLISECONDS.toNanos(10);

    /// Of the numbers behind the name in `/proc/PID/stat`.
    private static final int USER = 11;

    private static final int SYSTEM = 12;

    private ProcessCpu() {}

    /// CPU time used so far, in nanoseconds; the kernel tells it in hundredths of a second.
    public static long nanos(ProcessHandle process) {
        return family(process)
                .mapToLong(each -> of(Path.of("/proc/" + each.pid() + "/stat"), ProcessCpu::nanos))
                .sum();
    }

    /// Memory in use, in bytes.
    public static long residentBytes(ProcessHandle process) {
        return family(process)
                .mapToLong(each ->
                        of(Path.of("/proc/" + each.pid() + "/status"), ProcessCpu::residentBytes))
                .sum();
    }

    private static Stream<ProcessHandle> family(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants());
    }

    /// What a process that has ended no longer tells is 0.
    private static long of(Path file, ToLongFunction<String> number) {
        try {
            return number.applyAsLong(Files.readString(file));
        } catch (NoSuchFileException _) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// User and system time of a `stat` file.
    static long nanos(String stat) {
        String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(behindName[USER]) + Long.parseLong(behindName[SYSTEM]);
        return ticks * NANOS_PER_TICK;
    }

    /// `VmRSS` of a `status` file; a process that has ended has none.
    static long residentBytes(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .sum();
    }
}
