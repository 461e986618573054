package dev.sluice.conformance.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.conformance.Area;
import dev.sluice.conformance.LeftOutException;
import dev.sluice.conformance.Row;
import dev.sluice.conformance.Run;
import dev.sluice.host.demo.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Starts of the program itself, with the three samples on every request.
public final class StartArea implements Area {
    private static final double MOST_SECONDS = 3;

    private final @Nullable String launcher;

    /// @param launcher path of `sluice`, or null when this was not started by it
    public StartArea(@Nullable String launcher) {
        this.launcher = launcher;
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Row> rows() {
        return List.of(
                new Row(
                        "W1",
                        "gateway",
                        "with kept code the first answer comes soon; within 3 s of exec with --long, median of 5",
                        this::answersSoon));
    }

    private void answersSoon(Run run) throws IOException, InterruptedException {
        if (launcher == null) {
            throw new LeftOutException("the launcher; run ./sluice conformance");
        }
        int port = StartedProgram.freePort();
        Path config = SamplesConfig.write(run.folder(), "127.0.0.1:" + port);
        List<String> command = List.of(launcher, "run", "-c", config.toString());
        double compiling = seconds(command, port);
        Path code = run.folder().resolve("data").resolve("code");
        Map<String, FileTime> kept = entries(code);
        assertThat(kept).hasSameSizeAs(Sample.ALL);
        List<Double> warm = new ArrayList<>();
        for (int i = 0; i < (run.longForm() ? 5 : 1); i++) {
            warm.add(seconds(command, port));
        }
        assertThat(entries(code)).as("kept code, which no warm start made again").isEqualTo(kept);
        double median = warm.stream().sorted().toList().get(warm.size() / 2);
        run.figures().put("firstAnswerCompilingS", compiling);
        run.figures().put("firstAnswerS", median);
        if (run.longForm()) {
            assertThat(median).isLessThanOrEqualTo(MOST_SECONDS);
        }
    }

    private static Map<String, FileTime> entries(Path code) throws IOException {
        Map<String, FileTime> entries = new TreeMap<>();
        try (Stream<Path> all = Files.walk(code)) {
            for (Path each : all.filter(StartArea::isCode).toList()) {
                entries.put(each.getFileName().toString(), Files.getLastModifiedTime(each));
            }
        }
        return entries;
    }

    private static boolean isCode(Path file) {
        return Files.isRegularFile(file) && !file.endsWith("key");
    }

    private static double seconds(List<String> command, int port)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        try (var program = StartedProgram.start(command)) {
            program.awaitAnswer(port, SamplesConfig.ANSWER_FIELD);
            return (System.nanoTime() - begun) / 1e9;
        }
    }
}
