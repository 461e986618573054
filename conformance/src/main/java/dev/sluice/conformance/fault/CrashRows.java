package dev.sluice.conformance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.conformance.Row;
import dev.sluice.conformance.Run;
import dev.sluice.host.Experiment;
import dev.sluice.host.cli.Main;
import dev.sluice.host.generation.ApplyStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// T6: a gateway that dies in an apply serves afterwards what it committed last, and never a part.
final class CrashRows {
    private static final int KILLS = 5;
    private static final int MANY_KILLS = 50;
    private static final int LONGEST_MILLIS = 2_000;

    /// The exit code of a program that signal 9 ended.
    private static final int KILLED = 128 + 9;

    private static final int SEED = 4711;

    private CrashRows() {}

    static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (ApplyStep step : ApplyStep.values()) {
            boolean committed = step.compareTo(ApplyStep.COMMIT) > 0;
            rows.add(
                    new Row(
                            "T6-" + step.name().toLowerCase(Locale.ROOT),
                            "gateway",
                            "a crash before %s leaves the %s config"
                                    .formatted(step, committed ? "new" : "old"),
                            run -> crash(run, step, committed ? 2 : 1)));
        }
        rows.add(
                new Row(
                        "T6-kill",
                        "gateway",
                        "kill -9 at any moment leaves a config that was answered, or a later one",
                        CrashRows::kill));
        return rows;
    }

    private static void crash(Run run, ApplyStep step, int left)
            throws IOException, InterruptedException {
        var numbered = new Numbered(run.folder());
        String file = numbered.file(0).toString();
        try (var child = Child.start(List.of(), CrashingGateway.class, file, step.name())) {
            assertThat(child.put(numbered.config(1)).statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> child.put(numbered.config(2))).isInstanceOf(IOException.class);
            assertThat(child.awaitEnd()).isEqualTo(CrashingGateway.CRASHED);
        }
        try (var again = Subject.start(numbered.data(), numbered.resources(0), Experiment.none());
                var wire = new Wire(again.address())) {
            String config = again.config();
            assertThat(Numbered.whole(config, wire.get("/a").body(), wire.get("/b").body()))
                    .isEqualTo(left);
            assertThat(again.status().at("/plugins/p/state").stringValue()).isEqualTo("live");
            numbered.checkFiles();
        }
    }

    private static void kill(Run run) throws IOException, InterruptedException {
        new Kills(new Numbered(run.folder())).run(run.longForm() ? MANY_KILLS : KILLS);
    }

    /// A program that is killed again and again while it applies one config after another.
    private static final class Kills {
        private final Numbered numbered;
        private final Random random = new Random(SEED);
        private int sent;
        private int answered;

        Kills(Numbered numbered) {
            this.numbered = numbered;
        }

        void run(int times) throws IOException, InterruptedException {
            String file = numbered.file(0).toString();
            try (var killers = Executors.newSingleThreadScheduledExecutor()) {
                for (int kill = 0; kill <= times; kill++) {
                    try (var child = Child.start(List.of(), Main.class, "run", "-c", file)) {
                        check(child, kill);
                        if (kill < times) {
                            applyUntilKilled(child, killers);
                        }
                    }
                }
            }
            assertThat(answered).as("configs that were applied").isGreaterThan(times);
        }

        private void check(Child child, int kill) throws IOException, InterruptedException {
            int served = Numbered.whole(child.config(), child.served("/a"), child.served("/b"));
            assertThat(served).as("after kill %d", kill).isBetween(answered, sent);
            numbered.checkFiles();
            sent = served;
            answered = served;
        }

        private void applyUntilKilled(Child child, ScheduledExecutorService killers)
                throws IOException, InterruptedException {
            apply(child);
            killers.schedule(child::kill, random.nextInt(LONGEST_MILLIS), TimeUnit.MILLISECONDS);
            try {
                while (true) {
                    apply(child);
                }
            } catch (IOException _) {
                assertThat(child.awaitEnd()).isEqualTo(KILLED);
            }
        }

        private void apply(Child child) throws IOException, InterruptedException {
            sent++;
            assertThat(child.put(numbered.config(sent)).statusCode()).isEqualTo(200);
            answered = sent;
        }
    }
}
