package dev.sluice.conformance.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.conformance.Row;
import dev.sluice.conformance.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every row of the gate, against everything it is tried on.
class GateTest {
    private static final GateArea AREA = new GateArea();

    @TempDir private Path folder;

    @AfterAll
    static void end() {
        AREA.close();
    }

    @TestFactory
    Stream<DynamicTest> rows() {
        return AREA.rows().stream()
                .map(row ->
                        dynamicTest(
                                "%s %s: %s".formatted(row.id(), row.against(), row.says()),
                                () ->
                                        row.check()
                                                .run(
                                                        new Run(
                                                                false,
                                                                folder,
                                                                new LinkedHashMap<>()))));
    }

    @Test
    void theRowsAreThoseOfTheList() throws IOException {
        assertThat(ids("abi")).isEqualTo(listed());
        assertThat(ids("gateway")).isEqualTo(listed());
    }

    private static List<String> ids(String against) {
        return AREA.rows().stream()
                .filter(row -> row.against().equals(against))
                .map(Row::id)
                .toList();
    }

    private static List<String> listed() throws IOException {
        try (InputStream in = GateTest.class.getResourceAsStream("/gate-rows.txt")) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
