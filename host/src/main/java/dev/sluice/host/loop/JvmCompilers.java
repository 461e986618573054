package dev.sluice.host.loop;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the JVM's own compilers yield to the event loops, once they have done what a start and its
/// first requests ask of them.
///
/// Until then they do not: code that is interpreted takes many times the CPU, and a compiler that
/// yields hardly comes through where loops keep every core busy. What it has to do later comes with
/// changes, and requests go first. A thread cannot rise again without a privilege, so they yield
/// for good.
///
/// Thread: the loop it is given, until then. What it reads of `/proc` is in memory.
final class JvmCompilers {
    private static final Logger LOG = LoggerFactory.getLogger(JvmCompilers.class);
    private static final Path THREADS = Path.of("/proc/self/task");

    private static final Duration LOOK = Duration.ofSeconds(1);

    /// Looks in a row, each of which finds that they took less than a tenth of the time.
    private static final int CALM_LOOKS = 5;

    /// The JVM has compiled for good what ran in each of as many requests, half of them suffice.
    private static final long ENOUGH_REQUESTS = 10_000;

    /// Fields of `stat` after the name in parentheses: the CPU time of a thread, in hundredths of a
    /// second, proc_pid_stat(5).
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;
    private static final int TICK_MILLIS = 10;

    private final LongSupplier requests;
    private final LongSupplier spentMillis;
    private final Duration look;
    private final Future<?> looks;
    private long spent;
    private int calm;

    private JvmCompilers(
            EventLoop loop, LongSupplier requests, LongSupplier spentMillis, Duration look) {
        this.requests = requests;
        this.spentMillis = spentMillis;
        this.look = look;
        spent = spentMillis.getAsLong();
        looks =
                loop.scheduleWithFixedDelay(
                        this::look, look.toMillis(), look.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Begins to look, where there is Linux, and ends with `loop`.
    ///
    /// @param loop one that no request waits for
    /// @param requests how many there have been
    static void yieldAfterStart(EventLoop loop, LongSupplier requests) {
        if (Files.isDirectory(THREADS)) {
            yieldAfterStart(loop, requests, JvmCompilers::spentMillis, LOOK);
        }
    }

    /// @param spentMillis CPU time of the compilers
    /// @param look how often it is read
    static void yieldAfterStart(
            EventLoop loop, LongSupplier requests, LongSupplier spentMillis, Duration look) {
        loop.execute(() -> new JvmCompilers(loop, requests, spentMillis, look));
    }

    private void look() {
        long now = spentMillis.getAsLong();
        boolean idle = now - spent < look.toMillis() / 10;
        calm = idle && requests.getAsLong() >= ENOUGH_REQUESTS ? calm + 1 : 0;
        spent = now;
        if (calm == CALM_LOOKS) {
            looks.cancel(false);
            // one that the JVM starts later has the niceness of the one that starts it
            compilers().forEach(each -> Scheduling.yieldToOthers(number(each)));
        }
    }

    private static List<Path> compilers() {
        List<Path> compilers = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                String name = read(thread.resolve("comm"));
                if (name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler")) {
                    compilers.add(thread);
                }
            }
        } catch (IOException e) {
            LOG.debug("the JVM's compilers are not found", e);
        }
        return compilers;
    }

    private static int number(Path thread) {
        return Integer.parseInt(thread.getFileName().toString());
    }

    private static long spentMillis() {
        return compilers().stream().mapToLong(JvmCompilers::spentMillis).sum();
    }

    private static long spentMillis(Path thread) {
        String stat = read(thread.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        return fields.length <= SYSTEM_TIME
                ? 0
                : TICK_MILLIS
                        * (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]));
    }

    /// Nothing when the thread has ended meanwhile.
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return "";
        }
    }
}
