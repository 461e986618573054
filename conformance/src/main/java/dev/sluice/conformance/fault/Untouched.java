package dev.sluice.conformance.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.conformance.Run;
import dev.sluice.conformance.guest.Guests;
import dev.sluice.host.Experiment;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/// A gateway under traffic, and the proof that an apply to it which fails changes nothing.
///
/// It runs one plugin and answers `before`.
final class Untouched implements AutoCloseable {
    private static final Traffic.Load LOAD = new Traffic.Load("/", 4, 200);

    private final Run run;
    private final Path data;
    private final Subject subject;
    private final Traffic traffic;
    private final Footprint footprint;
    private final long generation;

    Untouched(Run run, Experiment experiment) throws IOException, InterruptedException {
        this.run = run;
        data = run.folder().resolve("data");
        subject = Subject.start(data, config("before", guest("nothing")), experiment);
        traffic =
                new Traffic(
                        subject.address(),
                        LOAD,
                        reply -> reply.status() == 200 && reply.body().equals("before"));
        footprint = Footprint.settled(subject, data);
        generation = subject.generation();
    }

    Subject subject() {
        return subject;
    }

    Path data() {
        return data;
    }

    /// The module of a guest, as a source of the config.
    String guest(String name) throws IOException {
        return file(name, Guests.bytes(name));
    }

    /// A module with these bytes, as a source of the config.
    String file(String name, byte[] bytes) throws IOException {
        Path file = run.folder().resolve(name.replace('/', '-') + ".wasm");
        Files.write(file, bytes);
        return "{ file: { path: \"%s\" } }".formatted(file);
    }

    /// A route that answers `body`, and a plugin on it.
    ///
    /// @param source of the module
    static String config(String body, String source) {
        return config(body, source, "");
    }

    /// [#config] with more keys of the plugin, in flow style.
    static String config(String body, String source, String keys) {
        return """
        routes: { all: { respond: { status: 200, body: "%s" } } }
        modules: { m: { source: %s } }
        plugins: { p: { module: m%s } }
        bindings: { b: { plugin: p, target: { global: true } } }
        """
                .formatted(body, source, keys.isEmpty() ? "" : ", " + keys);
    }

    /// Applies what has to be refused, and looks that nothing else happened.
    void refuses(String resources, Refusal expected) throws IOException, InterruptedException {
        expected.check(subject.put(resources));
        same();
    }

    /// [#refuses] with another listener.
    void refuses(String resources, String listener, Refusal expected)
            throws IOException, InterruptedException {
        expected.check(subject.put(resources, listener));
        same();
    }

    /// Applies what has to be refused.
    void fails(String resources, Refusal expected) throws IOException, InterruptedException {
        expected.check(subject.put(resources));
    }

    /// Everything is as it was, and traffic did not notice.
    void same() throws IOException, InterruptedException {
        assertThat(subject.generation()).isEqualTo(generation);
        footprint.awaitAgain(subject, data);
        serves();
    }

    /// A change went through, and what it replaced is gone.
    void holdsNoMore() throws IOException, InterruptedException {
        footprint.awaitInMemory(subject, data);
    }

    /// Traffic goes on as before.
    void serves() {
        traffic.awaitAnswers(20);
        Traffic.Counts counts = traffic.take();
        assertThat(counts.wrong()).as(String.join("; ", counts.shown())).isZero();
    }

    /// It is not broken either: a good change still goes through.
    void recovers() throws IOException, InterruptedException {
        traffic.close();
        HttpResponse<String> answer = subject.put(config("after", guest("nothing")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(subject.generation()).isEqualTo(generation + 1);
        try (var wire = new Wire(subject.address())) {
            assertThat(wire.get("/").body()).isEqualTo("after");
        }
    }

    @Override
    public void close() {
        traffic.close();
        subject.close();
    }
}
