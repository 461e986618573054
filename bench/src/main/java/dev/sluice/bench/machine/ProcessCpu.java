package dev.sluice.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The CPU time and memory of a process and its children, every thread counted: those that compile
/// and collect garbage too.
public final class ProcessCpu {
    private ProcessCpu() {}

    /// CPU time used so far, in nanoseconds.
    public static long nanos(ProcessHandle process) {
        return family(process).mapToLong(each -> nanos(Path.of("/proc/" + each.pid()))).sum();
    }

    /// Memory in use, in bytes.
    public static long residentBytes(ProcessHandle process) {
        return family(process)
                .mapToLong(each -> resident(Path.of("/proc/" + each.pid() + "/status")))
                .sum();
    }

    private static Stream<ProcessHandle> family(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants());
    }

    private static long nanos(Path process) {
        long sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path thread : threads) {
                sum += thread(thread.resolve("schedstat"));
            }
        } catch (NoSuchFileException _) {
            return sum;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum;
    }

    private static long thread(Path schedstat) throws IOException {
        try {
            return onCpu(Files.readString(schedstat));
        } catch (NoSuchFileException _) {
            return 0;
        }
    }

    /// The first number of a `schedstat` line: nanoseconds on a CPU.
    static long onCpu(String schedstat) {
        int end = schedstat.indexOf(' ');
        if (end < 0) {
            throw new IllegalArgumentException("schedstat: " + schedstat);
        }
        return Long.parseLong(schedstat.substring(0, end));
    }

    private static long resident(Path status) {
        try {
            return residentBytes(Files.readString(status));
        } catch (NoSuchFileException _) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `VmRSS` of a `status` file; a process that has ended has none.
    static long residentBytes(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .sum();
    }
}
