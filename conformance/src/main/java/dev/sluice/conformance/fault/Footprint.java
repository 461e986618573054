package dev.sluice.conformance.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// What a gateway holds: its threads, VMs, their memory, and its files.
///
/// @param threads names of platform threads
/// @param files below the data directory, with their sizes
record Footprint(List<String> threads, double machines, double bytes, List<String> files) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_NANOS = 20_000_000;

    /// Waits until the start's own work is over.
    static Footprint settled(Subject subject, Path data) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Footprint now = of(subject, data);
        while (now.threads.stream().anyMatch(Footprint::isBrief)
                && deadline - System.nanoTime() > 0) {
            LockSupport.parkNanos(LOOK_NANOS);
            now = of(subject, data);
        }
        assertThat(now.threads).noneMatch(Footprint::isBrief);
        return now;
    }

    static Footprint of(Subject subject, Path data) throws IOException, InterruptedException {
        List<String> threads =
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("sluice-"))
                        .sorted()
                        .toList();
        return new Footprint(
                threads,
                subject.metric("sluice_guest_vms"),
                subject.metric("sluice_guest_memory_bytes"),
                files(data));
    }

    /// Threads that a change begins and ends with.
    private static boolean isBrief(String name) {
        return name.startsWith("sluice-compile-") || name.startsWith("sluice-warm-up-");
    }

    private static List<String> files(Path data) throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(Files::isRegularFile)
                    .map(each -> each + " " + each.toFile().length())
                    .sorted()
                    .toList();
        }
    }

    /// Returns once `subject` holds this again, and nothing more.
    void awaitAgain(Subject subject, Path data) throws IOException, InterruptedException {
        await(() -> of(subject, data));
    }

    /// [#awaitAgain] but for files: there is one more record, and its modules.
    void awaitInMemory(Subject subject, Path data) throws IOException, InterruptedException {
        await(() -> of(subject, data).with(files));
    }

    private interface Look {
        Footprint now() throws IOException, InterruptedException;
    }

    private void await(Look look) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!look.now().equals(this) && deadline - System.nanoTime() > 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        assertThat(look.now()).as("what the gateway holds").isEqualTo(this);
    }

    private Footprint with(List<String> others) {
        return new Footprint(threads, machines, bytes, others);
    }
}
