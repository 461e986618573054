package dev.sluice.conformance;

import dev.sluice.conformance.Outcome.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// Runs rows, each in a folder of its own.
final class Runner {
    private final boolean longForm;

    Runner(boolean longForm) {
        this.longForm = longForm;
    }

    Outcome run(Row row) throws IOException {
        Path folder = Files.createTempDirectory("sluice-row-");
        SequencedMap<String, Double> figures = new LinkedHashMap<>();
        try {
            row.check().run(new Run(longForm, folder, figures));
            return new Outcome(row, Verdict.PASSED, "", figures);
        } catch (LeftOutException e) {
            return new Outcome(row, Verdict.SKIPPED, String.valueOf(e.getMessage()), figures);
        } catch (Exception | AssertionError e) {
            return new Outcome(row, Verdict.FAILED, String.valueOf(e), figures);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
