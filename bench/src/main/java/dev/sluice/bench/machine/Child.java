package dev.sluice.bench.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A program that was started here, bound to one core, and ends with [#close].
public final class Child implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Process process;

    private Child(Process process) {
        this.process = process;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-child"));
    }

    /// Starts a server; what it prints goes to `log`.
    public static Child start(int core, Path log, List<String> command) throws IOException {
        return new Child(
                new ProcessBuilder(onCore(core, command))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start());
    }

    /// Runs a program to its end; the answer is what it printed.
    ///
    /// @throws IOException when it fails
    public static String run(int core, List<String> command)
            throws IOException, InterruptedException {
        return run(onCore(core, command));
    }

    /// Runs a program to its end on any core; the answer is what it printed.
    ///
    /// @throws IOException when it fails
    public static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output;
        int status;
        try (InputStream printed = process.getInputStream()) {
            output = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
            status = process.waitFor();
        } finally {
            process.destroy();
        }
        if (status != 0) {
            throw new IOException(
                    "%s ended with %d: %s".formatted(command.getFirst(), status, output.strip()));
        }
        return output;
    }

    /// Itself, for what the machine knows of it.
    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> onCore(int core, List<String> command) {
        var all = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
        all.addAll(command);
        return all;
    }
}
