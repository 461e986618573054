package dev.sluice.host.loop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// In a JVM of its own, for its compilers cannot rise again.
@EnabledOnOs(OS.LINUX)
class JvmCompilersTest {
    @Test
    void theyYieldAfterManyRequestsWhenTheyHaveHadLittleToDoForAWhileAndNotBefore()
            throws IOException {
        int own = SchedulingTest.nice(Path.of("/proc/thread-self"));
        int lower = Math.max(10, own);
        var child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Child.class.getName(),
                                "" + lower)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var said = child.inputReader(UTF_8)) {
            assertThat(said.lines())
                    .containsExactly(
                            "busy: " + own,
                            "busy at times: " + own,
                            "few requests: " + own,
                            "calm: " + lower);
        } finally {
            child.destroyForcibly();
        }
    }

    /// Tells the niceness of its compilers after each time of a story, and ends when that is what
    /// it is told, or too late.
    static final class Child {
        private static final List<String> STORY = List.of("busy", "busy at times", "few requests");
        private static final int LOOKS = 20;
        private static final Duration PATIENCE = Duration.ofSeconds(20);

        private static final AtomicInteger LOOKED = new AtomicInteger();
        private static long spent;

        private Child() {}

        static void main(String... lower) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            try (var loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
                JvmCompilers.yieldAfterStart(
                        loop.next(), Child::requests, Child::spentMillis, Duration.ofMillis(10));
                while (LOOKED.get() <= STORY.size() * LOOKS || !compilers().equals(lower[0])) {
                    LockSupport.parkNanos(1_000_000);
                    if (deadline - System.nanoTime() < 0) {
                        return;
                    }
                }
                System.out.println("calm: " + compilers());
            }
        }

        /// Which part of the story the `n`th look is in, from 0.
        private static int part(int n) {
            return n / LOOKS;
        }

        private static long spentMillis() {
            int n = LOOKED.get();
            if (n > 0 && n % LOOKS == 0 && part(n) <= STORY.size()) {
                System.out.println(STORY.get(part(n) - 1) + ": " + compilers());
            }
            boolean busy = part(n) == 0 || (part(n) == 1 && n % 5 == 0);
            spent += busy ? 1 : 0;
            LOOKED.incrementAndGet();
            return spent;
        }

        private static long requests() {
            return part(LOOKED.get() - 1) == 2 ? 9_999 : 10_000;
        }

        private static String compilers() {
            var all = new TreeSet<String>();
            try (var threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
                for (Path thread : threads) {
                    if (Files.readString(thread.resolve("comm")).matches("C[12] Compiler(?s:.*)")) {
                        all.add("" + SchedulingTest.nice(thread));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return String.join(" ", all);
        }
    }
}
