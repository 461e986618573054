package dev.sluice.host.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SchedulingTest {
    /// Fields of `stat` after the name in parentheses, of which niceness is the 19th of all.
    private static final int NICE = 16;

    private static final Path HERE = Path.of("/proc/thread-self");

    @Test
    void servingLoopsTakeTheShortestTurnsWhereTheKernelTellsOfThem() {
        try (var loops = new Loops(Transport.NIO, 1, 0)) {
            Loop serving = loops.serving().getFirst();
            assertThat(on(serving, () -> nice(HERE))).isEqualTo(nice(HERE));
            String slice = on(serving, () -> slice(HERE));
            assumeThat(slice)
                    .as("left out: a kernel that tells a thread's slice")
                    .isNotEqualTo("untold");
            assertThat(slice).isEqualTo("100000");
        }
    }

    @Test
    void theAdminLoopYieldsAndTheAdmissionLoopDoesNot() {
        try (var loops = new Loops(Transport.NIO, 1, 0)) {
            assertThat(on(loops.admin().next(), () -> nice(HERE))).isEqualTo(lower());
            assertThat(on(loops.admission(), () -> nice(HERE))).isEqualTo(nice(HERE));
        }
    }

    @Test
    void aThreadThatYieldsNeverRises() throws InterruptedException {
        var after = new CompletableFuture<Integer>();
        Runnable twice = Scheduling.yielding(Scheduling.yielding(() -> after.complete(nice(HERE))));
        Thread.ofPlatform().start(twice).join();
        assertThat(after.join()).isEqualTo(lower());
    }

    /// What a thread that yields has, whatever this process has been given.
    private static int lower() {
        return Math.max(10, nice(HERE));
    }

    private static <T> T on(Executor loop, Supplier<T> seen) {
        return CompletableFuture.supplyAsync(seen, loop).join();
    }

    /// Nothing when the thread has ended meanwhile.
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return "";
        }
    }

    /// The niceness of a thread, by its folder.
    static int nice(Path thread) {
        String stat = read(thread.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Integer.parseInt(fields[NICE]);
    }

    private static String slice(Path thread) {
        return read(thread.resolve("sched"))
                .lines()
                .filter(line -> line.startsWith("se.slice"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("untold");
    }
}
