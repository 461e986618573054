package dev.sluice.host.loop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// In a JVM of its own, for its compilers cannot rise again.
@EnabledOnOs(OS.LINUX)
class JvmCompilersTest {
    private static final int BUSY_LOOKS = 50;

    @Test
    void theyYieldWhenTheyHaveHadLittleToDoForAWhileAndNotBefore()
            throws IOException, InterruptedException {
        var child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Child.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var said = child.inputReader(UTF_8)) {
            String own =
                    ""
                            + SchedulingTest.nice(
                                    Path.of("/proc/self/task/" + ProcessHandle.current().pid()));
            String lower = "" + Math.max(10, Integer.parseInt(own));
            assertThat(said.readLine()).isEqualTo("busy: " + own);
            assertThat(said.readLine()).isEqualTo("calm: " + lower);
            assertThat(child.waitFor(Duration.ofSeconds(20))).isTrue();
        } finally {
            child.destroyForcibly();
        }
    }

    /// Tells the niceness of its compilers while they are said to be busy, and once that changes.
    static final class Child {
        private static int looks;

        private Child() {}

        static void main() throws IOException {
            try (var loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
                JvmCompilers.yieldAfterStart(
                        loop.next(), Child::spentMillis, Duration.ofMillis(10));
                String before = compilers();
                while (compilers().equals(before)) {
                    LockSupport.parkNanos(1_000_000);
                }
                System.out.println("calm: " + compilers());
            }
        }

        private static long spentMillis() {
            looks++;
            if (looks == BUSY_LOOKS) {
                System.out.println("busy: " + compilers());
            }
            return Math.min(looks, BUSY_LOOKS);
        }

        private static String compilers() {
            List<String> all = new ArrayList<>();
            try (var threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
                for (Path thread : threads) {
                    if (Files.readString(thread.resolve("comm")).matches("C[12] Compiler(?s:.*)")) {
                        all.add("" + SchedulingTest.nice(thread));
                    }
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return String.join(" ", new TreeSet<>(all));
        }
    }
}
