package dev.sluice.conformance.swap;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.conformance.Row;
import dev.sluice.conformance.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every row about swaps, in its short form.
class SwapTest {
    @TempDir private Path folder;

    @TestFactory
    Stream<DynamicTest> rows() {
        return new SwapArea()
                .rows().stream()
                        .map(row ->
                                dynamicTest(
                                        "%s: %s".formatted(row.id(), row.says()), () -> run(row)));
    }

    private void run(Row row) throws Exception {
        Path own = Files.createDirectory(folder.resolve(row.id()));
        row.check().run(new Run(false, own, new LinkedHashMap<>()));
    }
}
