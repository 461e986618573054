package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void anUnknownAreaIsAWrongCommandLine() throws IOException {
        assertThat(run("--area", "nowhere")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("unknown area nowhere");
    }

    @Test
    void anUnknownSubjectIsAWrongCommandLine() throws IOException {
        assertThat(run("--against", "nobody", "--row", "H-001")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("unknown --against nobody");
    }

    @Test
    void anUnknownFlagNamesTheNearestOne() throws IOException {
        assertThat(run("--lon")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("did you mean \"--long\"?");
    }

    private int run(String... arguments) throws IOException {
        return Main.run(List.of(arguments), System.out, new PrintStream(err, true));
    }
}
