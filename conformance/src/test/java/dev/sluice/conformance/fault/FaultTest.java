package dev.sluice.conformance.fault;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.conformance.LeftOutException;
import dev.sluice.conformance.Row;
import dev.sluice.conformance.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/// Every row about faults, in its short form.
class FaultTest {
    @TempDir private Path folder;

    @TestFactory
    Stream<DynamicTest> rows() {
        return new FaultArea()
                .rows().stream()
                        .map(row ->
                                dynamicTest(
                                        "%s: %s".formatted(row.id(), row.says()), () -> run(row)));
    }

    /// What this machine cannot show is left out, but for `CI=true`.
    private void run(Row row) throws Exception {
        Path own = Files.createDirectory(folder.resolve(row.id()));
        try {
            row.check().run(new Run(false, own, new LinkedHashMap<>()));
        } catch (LeftOutException e) {
            if ("true".equals(System.getenv("CI"))) {
                throw e;
            }
            throw new TestAbortedException("left out: " + e.getMessage(), e);
        }
    }
}
