package dev.sluice.conformance.swap;

import dev.sluice.host.Experiment;
import dev.sluice.host.demo.Load;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/// A [WitnessGateway] with an upstream behind it, and clients that send without pause.
///
/// Thread: one applies.
final class LoadedGateway implements AutoCloseable {
    private final TwoPartUpstream upstream;
    private final WitnessGateway gateway;
    private final List<WitnessConversation> conversations;
    private final Load load;

    /// How much is sent.
    ///
    /// @param connections kept-alive connections
    /// @param perSecond requests of all of them
    /// @param late an answer that takes longer is a failure
    record Size(int connections, int perSecond, Duration late) {}

    /// A way to make the next generation live.
    interface Change {
        void make(LoadedGateway gateway) throws IOException, InterruptedException;
    }

    LoadedGateway(Path folder, Experiment experiment, Size size) throws IOException {
        upstream = new TwoPartUpstream(Witness.ADDRESSES, Pace.fiveToTwentyMillis());
        gateway = new WitnessGateway(folder, experiment, upstream);
        conversations =
                IntStream.range(0, size.connections())
                        .mapToObj(i -> new WitnessConversation(i, gateway.timeline()))
                        .toList();
        load = new Load(gateway.address(), size.perSecond(), size.late(), conversations);
        load.start();
    }

    /// Makes the next generation live: new configurations, route, and at times upstreams.
    void configure() throws IOException, InterruptedException {
        gateway.configure();
    }

    /// Makes the next generation live with new code, and waits until that has answered.
    void recode() throws IOException, InterruptedException {
        gateway.recode();
        int latest = gateway.timeline().oldest();
        Wait.until(() -> conversations.stream().anyMatch(each -> each.last() == latest));
    }

    /// Returns when every connection has been answered by the latest generation.
    void awaitLatestEverywhere() {
        int latest = gateway.timeline().oldest();
        Wait.until(() -> conversations.stream().allMatch(each -> each.last() == latest));
    }

    /// Latencies in microseconds since the last call.
    Histogram takeHistogram() {
        return load.takeHistogram();
    }

    /// Sends no more, waits for the last answers, and counts.
    Load.Counts end() throws InterruptedException {
        load.stop();
        return load.counts();
    }

    /// The gateway itself.
    WitnessGateway gateway() {
        return gateway;
    }

    @Override
    public void close() {
        load.close();
        gateway.close();
        upstream.close();
    }
}
