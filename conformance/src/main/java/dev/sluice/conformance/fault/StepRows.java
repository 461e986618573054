package dev.sluice.conformance.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.conformance.Check;
import dev.sluice.conformance.Row;
import dev.sluice.conformance.Run;
import dev.sluice.host.Experiment;
import dev.sluice.host.generation.ApplyStep;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// T5, by step: each step of an apply fails, and each hangs.
final class StepRows {
    private static final String CHANGED = "changed";
    private static final long PATIENCE_SECONDS = 20;

    private StepRows() {}

    static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (ApplyStep step : ApplyStep.values()) {
            rows.add(row(step, "error", error(step)));
            rows.add(row(step, "hang", hang(step)));
        }
        return rows;
    }

    private static Row row(ApplyStep step, String kind, Expected expected) {
        return new Row(
                "T5-%s-%s".formatted(step.name().toLowerCase(Locale.ROOT).replace('_', '-'), kind),
                "gateway",
                expected.says(),
                expected.check());
    }

    private record Expected(String says, Check check) {}

    private static Expected error(ApplyStep step) {
        return switch (step) {
            case RESOLVE, COMPILE, ADMIT, WARM_UP, BIND, PUBLISH ->
                    refused(step, new Refusal(503, "", "internal", "broken on purpose"));
            case COMMIT -> refused(step, new Refusal(503, "", "disk_failed", "broken on purpose"));
            case BARRIER ->
                    new Expected(
                            "an error while loops confirm is told, and the change stays",
                            run -> liveAnyway(run, step, 503, "not_confirmed"));
            case RETIRE ->
                    new Expected(
                            "an error while the old is ended does not undo the change",
                            run -> liveAnyway(run, step, 200, "\"generation\" : 2,"));
        };
    }

    private static Expected hang(ApplyStep step) {
        return switch (step) {
            case RESOLVE, COMPILE, ADMIT, WARM_UP, BIND ->
                    new Expected(
                            "a hang in %s ends by the deadline, and nothing changes"
                                    .formatted(step),
                            run -> refused(run, step, StepFault.Kind.HANG, TIMEOUT));
            case COMMIT, PUBLISH, BARRIER, RETIRE ->
                    new Expected(
                            "a hang in %s holds neither traffic nor reads".formatted(step),
                            run -> holdsNobody(run, step));
        };
    }

    private static final Refusal TIMEOUT =
            new Refusal(503, "", "apply_timeout", "nothing has changed");

    private static Expected refused(ApplyStep step, Refusal refusal) {
        return new Expected(
                "an error in %s changes nothing".formatted(step),
                run -> refused(run, step, StepFault.Kind.ERROR, refusal));
    }

    private static void refused(Run run, ApplyStep step, StepFault.Kind kind, Refusal refusal)
            throws IOException, InterruptedException {
        var fault = new StepFault(step, kind);
        try (var untouched = new Untouched(run, Experiment.hooked(fault))) {
            int port = Ports.free();
            fault.arm();
            untouched.refuses(
                    change(untouched),
                    "second: { address: \"127.0.0.1:%d\" }".formatted(port),
                    refusal);
            assertThat(Ports.isFree(port)).as("the port that the change brings is free").isTrue();
            fault.disarm();
            untouched.recovers();
        }
    }

    private static void liveAnyway(Run run, ApplyStep step, int status, String said)
            throws IOException, InterruptedException {
        var fault = new StepFault(step, StepFault.Kind.ERROR);
        try (var untouched = new Untouched(run, Experiment.hooked(fault))) {
            Subject subject = untouched.subject();
            fault.arm();
            HttpResponse<String> answer = subject.put(change(untouched));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            assertThat(answer.body()).contains(said);
            assertThat(served(subject)).isEqualTo(CHANGED);
            fault.disarm();
            untouched.holdsNoMore();
        }
    }

    private static void holdsNobody(Run run, ApplyStep step)
            throws IOException, InterruptedException {
        var fault = new StepFault(step, StepFault.Kind.HANG);
        try (var untouched = new Untouched(run, Experiment.hooked(fault))) {
            Subject subject = untouched.subject();
            String change = change(untouched);
            fault.arm();
            var apply = CompletableFuture.supplyAsync(() -> put(subject, change));
            try {
                fault.awaitReached();
                boolean published = step.compareTo(ApplyStep.PUBLISH) > 0;
                assertThat(served(subject)).isEqualTo(published ? CHANGED : "before");
                assertThat(subject.status().path("version").isString()).isTrue();
                if (!published) {
                    untouched.serves();
                }
                assertThat(apply).isNotDone();
            } finally {
                fault.disarm();
            }
            assertThat(apply.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join().statusCode())
                    .isEqualTo(200);
            assertThat(served(subject)).isEqualTo(CHANGED);
            untouched.holdsNoMore();
        }
    }

    private static String served(Subject subject) throws IOException {
        try (var wire = new Wire(subject.address())) {
            return wire.get("/").body();
        }
    }

    private static HttpResponse<String> put(Subject subject, String resources) {
        try {
            return subject.put(resources);
        } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    /// New code, new routes, new configuration.
    private static String change(Untouched untouched) throws IOException {
        return Untouched.config(CHANGED, untouched.guest("second"), "config: { n: 1 }");
    }
}
