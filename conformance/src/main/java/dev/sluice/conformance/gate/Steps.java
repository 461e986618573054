package dev.sluice.conformance.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.conformance.subject.Field;
import dev.sluice.conformance.subject.LogLine;
import dev.sluice.conformance.subject.Plugin;
import dev.sluice.conformance.subject.RefusedException;
import dev.sluice.conformance.subject.Request;
import java.util.Collections;
import java.util.List;

/// The steps that rows are made of.
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
            assertThat(refusal).as("refusal").isNotNull();
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal).hasMessageContaining(sentence);
        };
    }

    /// In each VM guests said this, and nothing else, until they ran or were refused.
    static Step saidAtStart(String... lines) {
        return stage -> {
            List<String> all = stage.starting().stream().map(LogLine::text).toList();
            int vms = Math.max(1, all.size() / Math.max(1, lines.length));
            assertThat(all)
                    .isEqualTo(Collections.nCopies(vms, List.of(lines)).stream().flatMap(List::stream).toList());
            if (stage.refusal() == null) {
                assertThat(vms).as("VMs that were started").isEqualTo(stage.subject().vms());
            }
        };
    }

    /// Sends a request without body, and waits for its answer.
    static Step send(Request request) {
        return stage -> {
            stage.open(request);
            stage.answered(stage.exchange().answer());
        };
    }

    /// Since they were looked at last, guests said this and nothing else.
    static Step said(String... lines) {
        return stage -> assertThat(stage.next(lines.length)).containsExactly(lines);
    }

    /// The client got this.
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
}
