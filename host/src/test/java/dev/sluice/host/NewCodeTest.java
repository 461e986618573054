package dev.sluice.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.host.testing.Guest;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a change does with code that nothing has run yet.
class NewCodeTest {
    /// Slow enough for its warm-up to be seen.
    private static final String PASSES =
            "(global $left (mut i32) (i32.const 0))"
                    + Guest.onRequestHeaders(
                            """
                            (global.set $left (i32.const 100000))
                            (loop $more
                              (global.set $left (i32.sub (global.get $left) (i32.const 1)))
                              (br_if $more (global.get $left)))
                            (i32.const 0)
                            """);

    @TempDir Path folder;

    @Test
    void itIsWarmedUpBeforeItServesAndCodeThatRunsIsNot() {
        Path first = Guest.write(folder, "first", PASSES);
        Path second = Guest.write(folder, "second", PASSES + "(func $other)");
        try (var gateway =
                TestGateway.start(
                        folder.resolve("data"),
                        1,
                        "routes: { all: { respond: { status: 200 } } }\n"
                                + Guest.bound("p", first, ""))) {
            assertThat(
                            warmsUp(
                                    gateway,
                                    "modules: { p: { source: { file: { path: \"%s\" } } } }",
                                    second))
                    .isTrue();
            assertThat(warmsUp(gateway, "plugins: { p: { config: { other: true } } }", second))
                    .isFalse();
        }
    }

    private static boolean warmsUp(TestGateway gateway, String change, Path file) {
        var applied = CompletableFuture.runAsync(() -> gateway.apply(change.formatted(file)));
        boolean seen = false;
        while (!applied.isDone()) {
            seen |=
                    Thread.getAllStackTraces().keySet().stream()
                            .anyMatch(each -> each.getName().startsWith("sluice-warm-up"));
        }
        applied.join();
        return seen;
    }
}
