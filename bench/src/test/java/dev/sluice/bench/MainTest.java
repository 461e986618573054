package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void namesTheNearestCase() throws InterruptedException {
        assertThat(run("h1-plane")).isEqualTo(2);
        assertThat(text(err)).contains("unknown case h1-plane; did you mean \"h1-plain\"?");
    }

    @Test
    void refusesANumberOfRoundsThatIsNone() throws InterruptedException {
        assertThat(run("h1-plain", "--rounds", "0")).isEqualTo(2);
        assertThat(text(err)).contains("--rounds: 0 (expected: 1..3600)");
    }

    @Test
    void listsTheCases() throws InterruptedException {
        assertThat(run("--help")).isZero();
        assertThat(text(out)).contains("usage: sluice bench", "h1-calls20-as", "jmh");
    }

    private int run(String... arguments) throws InterruptedException {
        return Main.run(List.of(arguments), print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
