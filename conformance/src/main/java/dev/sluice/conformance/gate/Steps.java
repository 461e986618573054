package dev.sluice.conformance.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.LogLevel;
import dev.sluice.conformance.subject.Arrival;
import dev.sluice.conformance.subject.Field;
import dev.sluice.conformance.subject.LogLine;
import dev.sluice.conformance.subject.Plugin;
import dev.sluice.conformance.subject.RefusedException;
import dev.sluice.conformance.subject.Request;
import dev.sluice.conformance.subject.Service;
import java.util.ArrayList;
import java.util.List;

/// The steps that rows are made of: first what is done, then what must have happened.
final class Steps {
    private Steps() {}

    /// Runs plugins, which must be accepted.
    static Step run(Plugin... plugins) {
        return stage -> {
            stage.run(List.of(plugins));
            assertThat(stage.refusal()).as("refusal").isNull();
        };
    }

    /// Runs a plugin, which must be refused.
    ///
    /// @param code as the config API says it
    /// @param sentence a part of the reason
    static Step refused(Plugin plugin, String code, String sentence) {
        return stage -> {
            stage.run(List.of(plugin));
            RefusedException refusal = stage.refusal();
            if (refusal == null) {
                throw new AssertionError("the plugin was accepted");
            }
            assertThat(refusal).hasMessageContaining(sentence);
            assertThat(refusal.code()).isEqualTo(code);
        };
    }

    /// Runs nothing any more.
    static Step remove() {
        return stage -> stage.subject().remove();
    }

    /// Begins a request; its body follows.
    static Step begin(Request request) {
        return stage -> stage.open(request);
    }

    /// Sends a piece of the body.
    static Step piece(String text) {
        return stage -> stage.exchange().send(text, false);
    }

    /// Sends the last piece of the body.
    static Step last(String text) {
        return stage -> stage.exchange().send(text, true);
    }

    /// Ends the request with a trailer.
    static Step trailer(String name, String value) {
        return stage -> stage.exchange().trailers(List.of(new Field(name, value)));
    }

    /// Sends a request without body, and waits for its answer.
    static Step send(Request request) {
        return stage -> {
            stage.open(request);
            stage.answer();
        };
    }

    /// In each VM guests said this, and nothing else, until they ran or were refused.
    static Step saidAtStart(String... lines) {
        return stage -> {
            int vms = stage.refusal() == null ? stage.subject().startedVms() : 1;
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < vms; i++) {
                expected.addAll(List.of(lines));
            }
            assertThat(stage.starting().stream().map(LogLine::text)).isEqualTo(expected);
        };
    }

    /// Since they were looked at last, guests said this and nothing else.
    static Step said(String... lines) {
        return stage -> assertThat(stage.next(lines.length)).containsExactly(lines);
    }

    /// Since they were looked at last, guests said this in this order, and perhaps more.
    static Step saidAmong(String... lines) {
        List<String> wanted = List.of(lines);
        return stage ->
                assertThat(stage.next("lines " + wanted, fresh -> fresh.containsAll(wanted)))
                        .containsSubsequence(lines);
    }

    /// A guest wrote a line of a level.
    static Step logged(LogLevel level, String text) {
        return stage ->
                stage.await(
                        "%s %s".formatted(level, text),
                        () ->
                                stage.guestLines().stream()
                                        .anyMatch(each ->
                                                each.level() == level && each.text().equals(text)));
    }

    /// The VM failed in a callback, and why is said.
    static Step failed(String callback, String reason) {
        return stage ->
                stage.await(
                        "a failure in %s: %s".formatted(callback, reason),
                        () ->
                                stage.subject().log().stream()
                                        .filter(each -> !each.fromGuest())
                                        .map(LogLine::text)
                                        .anyMatch(each ->
                                                each.contains("stopped in " + callback + ":")
                                                        && each.contains(reason)));
    }

    /// The client got this status.
    static Step answered(int status) {
        return stage -> assertThat(stage.answer().status()).isEqualTo(status);
    }

    /// The client got this status and body.
    static Step answered(int status, String body) {
        return stage -> {
            assertThat(stage.answer().status()).isEqualTo(status);
            assertThat(stage.answer().body()).isEqualTo(body);
        };
    }

    /// The client got a field with exactly these values.
    static Step answerHas(String name, String... values) {
        return stage ->
                assertThat(Field.values(stage.answer().fields(), name)).containsExactly(values);
    }

    /// The request reached the upstream with exactly these values of a field.
    static Step passedWith(String name, String... values) {
        return stage ->
                assertThat(Field.values(passed(stage).fields(), name)).containsExactly(values);
    }

    /// The request reached the upstream with this body.
    static Step passedBody(String body) {
        return stage -> assertThat(passed(stage).body()).isEqualTo(body);
    }

    /// A call reached the upstream with exactly these values of a field.
    static Step calledWith(String name, String... values) {
        return stage ->
                assertThat(Field.values(only(stage, "/" + Service.NAME).fields(), name))
                        .containsExactly(values);
    }

    /// A call reached the upstream with this body.
    static Step calledBody(String body) {
        return stage -> assertThat(only(stage, "/" + Service.NAME).body()).isEqualTo(body);
    }

    /// Nothing reached an upstream but requests that a plugin let pass.
    static Step nothingCalled() {
        return stage ->
                assertThat(stage.subject().arrivals())
                        .allSatisfy(each -> assertThat(each.path()).endsWith("/p/"));
    }

    /// Nothing reached an upstream at all.
    static Step nothingArrived() {
        return stage -> assertThat(stage.subject().arrivals()).isEmpty();
    }

    private static Arrival passed(Stage stage) {
        stage.answer();
        return only(stage, "/p/");
    }

    private static Arrival only(Stage stage, String path) {
        List<Arrival> found =
                stage.subject().arrivals().stream()
                        .filter(each -> each.path().equals(path))
                        .toList();
        assertThat(found).as("requests with path " + path).hasSize(1);
        return found.getFirst();
    }
}
