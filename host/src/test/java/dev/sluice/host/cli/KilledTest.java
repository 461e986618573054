package dev.sluice.host.cli;

import static dev.sluice.host.admin.RunningGateway.LISTENER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.host.admin.RunningGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A gateway that is killed while it applies runs afterwards what it had answered last, or a later
/// config that it was sent; never another, never a part of one.
class KilledTest {
    private static final int KILLS = System.getProperty("long") == null ? 10 : 50;
    private static final int LONGEST_MILLIS = 400;

    @TempDir Path directory;
    private int sent;
    private int answered;

    @Test
    void servesTheLastConfigItAnsweredFor() throws InterruptedException, IOException {
        Path file = Files.writeString(directory.resolve("config.yaml"), config(0));
        long seed = Long.getLong("seed", 4711);
        var random = new Random(seed);
        try (var killers = Executors.newSingleThreadScheduledExecutor()) {
            for (int kill = 0; kill < KILLS; kill++) {
                try (var program = Program.run(file)) {
                    int served = check(program, "seed %d, kill %d".formatted(seed, kill));
                    sent = served;
                    answered = served;
                    applyUntilKilled(program, killers, random.nextInt(LONGEST_MILLIS));
                }
            }
            try (var program = Program.run(file)) {
                check(program, "seed %d, last".formatted(seed));
            }
        }
        assertThat(answered).isGreaterThan(KILLS);
    }

    private int check(Program program, String when) throws InterruptedException, IOException {
        int served = Integer.parseInt(program.served("/a"));
        assertThat(served).as(when).isBetween(answered, sent);
        assertThat(program.served("/b")).as(when).isEqualTo(String.valueOf(served));
        JsonNode config = JsonMapper.shared().readTree(program.config());
        for (String route : new String[] {"a", "b"}) {
            assertThat(config.at("/routes/" + route + "/respond/body").stringValue())
                    .as(when)
                    .isEqualTo(String.valueOf(served));
        }
        return served;
    }

    private void applyUntilKilled(Program program, ScheduledExecutorService killers, int millis)
            throws InterruptedException, IOException {
        var killing = killers.schedule(program::kill, millis, TimeUnit.MILLISECONDS);
        try {
            while (true) {
                sent++;
                assertThat(program.put(config(sent)).statusCode()).isEqualTo(200);
                answered = sent;
            }
        } catch (IOException _) {
            assertThat(program.process().waitFor(Duration.ofSeconds(20))).isTrue();
            assertThat(killing.isDone()).isTrue();
        }
    }

    private String config(int number) {
        return RunningGateway.settings(directory.resolve("data"))
                + LISTENER
                + """
                routes:
                  a: { match: { path: { exact: /a } }, respond: { status: 200, body: "%1$d" } }
                  b: { match: { path: { exact: /b } }, respond: { status: 200, body: "%1$d" } }
                """
                        .formatted(number);
    }
}
