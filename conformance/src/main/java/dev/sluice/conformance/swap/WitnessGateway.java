package dev.sluice.conformance.swap;

import dev.sluice.host.Experiment;
import dev.sluice.host.Gateway;
import dev.sluice.host.demo.ConfigApi;
import dev.sluice.host.generation.Live;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A gateway with witnesses, and the changes made through its config API.
///
/// Thread: one applies, any may read.
final class WitnessGateway implements AutoCloseable {
    private final Witness witness;
    private final Timeline timeline = new Timeline();
    private final Gateway gateway;
    private final ConfigApi api;

    WitnessGateway(Path folder, Experiment experiment, TwoPartUpstream upstream)
            throws IOException {
        witness = new Witness(folder, upstream.addresses());
        gateway = Gateway.start(new Gateway.Start(witness.first(), "file"), experiment);
        api = new ConfigApi(gateway.adminAddress());
    }

    /// Makes the next generation live: new configurations, route, and at times upstreams.
    void configure() throws IOException, InterruptedException {
        int next = timeline.oldest() + 1;
        apply(next, timeline.build(next - 1), witness.change(next));
    }

    /// Makes the next generation live with new code.
    void recode() throws IOException, InterruptedException {
        int next = timeline.oldest() + 1;
        apply(next, next, witness.changeWithCode(next));
        witness.forget(next - 1);
    }

    private void apply(int next, int build, String change)
            throws IOException, InterruptedException {
        timeline.asked(next, build);
        api.patch(change);
        timeline.live(next);
    }

    /// When what became live.
    Timeline timeline() {
        return timeline;
    }

    /// What runs.
    Live live() {
        return gateway.publisher().live();
    }

    /// Where it listens.
    InetSocketAddress address() {
        return gateway.address("http");
    }

    /// A number from `/metrics`, by its name without labels.
    double metric(String name) {
        String url = "http://127.0.0.1:%d/metrics".formatted(gateway.adminAddress().getPort());
        try (InputStream in = URI.create(url).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        api.close();
        gateway.close();
    }
}
