package dev.sluice.conformance.fault;

import dev.sluice.conformance.ShortForm;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every row about faults, in its short form.
class FaultTest {
    @TempDir private Path folder;

    @TestFactory
    Stream<DynamicTest> rows() {
        return ShortForm.of(new FaultArea(), folder);
    }
}
