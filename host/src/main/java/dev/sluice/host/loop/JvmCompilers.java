package dev.sluice.host.loop;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the JVM's own compilers yield to the event loops, once they have done what a start asks of
/// them.
///
/// Until then they do not: code that is interpreted takes many times the CPU, and a compiler that
/// yields hardly comes through where loops keep every core busy. What it has to do later comes with
/// changes, and requests go first. A thread cannot rise again without a privilege, so they yield
/// for good.
///
/// Thread: the loop it is given, until then.
final class JvmCompilers {
    private static final Logger LOG = LoggerFactory.getLogger(JvmCompilers.class);
    private static final Path THREADS = Path.of("/proc/self/task");

    private static final Duration LOOK = Duration.ofSeconds(1);

    /// Looks in a row, each of which finds them idle for nine tenths of the time.
    private static final int CALM_LOOKS = 5;

    private static final int BUSY = 10;

    private final LongSupplier spentMillis;
    private final Duration look;
    private final Future<?> looks;
    private long spent;
    private int calm;

    private JvmCompilers(EventLoop loop, LongSupplier spentMillis, Duration look) {
        this.spentMillis = spentMillis;
        this.look = look;
        spent = spentMillis.getAsLong();
        looks =
                loop.scheduleWithFixedDelay(
                        this::look, look.toMillis(), look.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Begins to look, on a loop that no request waits for, and ends with that loop.
    static void yieldAfterStart(EventLoop loop) {
        yieldAfterStart(loop, JvmCompilers::spentMillis, LOOK);
    }

    /// @param spentMillis how long they have compiled since the JVM began
    /// @param look how often that is read
    static void yieldAfterStart(EventLoop loop, LongSupplier spentMillis, Duration look) {
        loop.execute(() -> new JvmCompilers(loop, spentMillis, look));
    }

    private void look() {
        long now = spentMillis.getAsLong();
        calm = (now - spent) * BUSY < look.toMillis() ? calm + 1 : 0;
        spent = now;
        if (calm == CALM_LOOKS) {
            looks.cancel(false);
            Thread.ofVirtual().name("sluice-jvm-compilers").start(JvmCompilers::yieldToOthers);
        }
    }

    /// A compiler that is started later has the niceness of the one that starts it.
    private static void yieldToOthers() {
        if (!Files.isDirectory(THREADS)) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(THREADS)) {
            for (Path each : all) {
                if (isCompiler(each)) {
                    Scheduling.yieldToOthers(Integer.parseInt(each.getFileName().toString()));
                }
            }
        } catch (IOException e) {
            LOG.debug("the JVM's compilers do not yield", e);
        }
    }

    /// A thread that ends meanwhile has no name.
    private static boolean isCompiler(Path thread) {
        try {
            String name = Files.readString(thread.resolve("comm"));
            return name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler");
        } catch (IOException _) {
            return false;
        }
    }

    private static long spentMillis() {
        @Nullable CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
        return compilers == null ? 0 : compilers.getTotalCompilationTime();
    }
}
