package dev.sluice.bench;

import dev.sluice.bench.load.ClosedLoad;
import dev.sluice.bench.load.Latency;
import dev.sluice.bench.load.SteadyLoad;
import dev.sluice.bench.machine.ProcessCpu;
import dev.sluice.bench.peer.Running;
import dev.sluice.bench.peer.Upstream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// One case on started peers: warm-up, then rounds of saturation, then rounds of a steady rate.
final class Comparison {
    private static final int NATIVE_WARM_UP_SECONDS = 2;

    private final Plan plan;
    private final List<Running> peers;
    private final Rounds rounds;
    private final PrintStream out;

    /// How long and how often.
    ///
    /// @param rounds rounds to keep
    /// @param seconds of a window
    /// @param warmUpSeconds of a JVM
    /// @param steady whether latency at a steady rate is measured too
    /// @param loadCore where load and upstream run
    record Plan(int rounds, int seconds, int warmUpSeconds, boolean steady, int loadCore) {}

    /// One saturated window of one peer.
    private record Window(double cpuMicros, double rate, double allocated) {
        String brief() {
            return "%.1f µs".formatted(cpuMicros);
        }
    }

    Comparison(Plan plan, Upstream upstream, List<Running> peers, PrintStream out) {
        this.plan = plan;
        this.peers = List.copyOf(peers);
        this.out = out;
        rounds = new Rounds(plan.rounds(), upstream, peers, out);
    }

    /// Runs it; the figures are by peer.
    SequencedMap<String, Figures> run() throws IOException, InterruptedException {
        for (Running peer : peers) {
            int seconds = peer.isJvm() ? plan.warmUpSeconds() : NATIVE_WARM_UP_SECONDS;
            ClosedLoad.run(plan.loadCore(), peer.port(), seconds);
        }
        out.printf("  warm after %d s%n", plan.warmUpSeconds());
        Map<String, List<Window>> windows = rounds.run("CPU", this::saturate, Window::brief);
        Map<String, List<Latency>> latencies =
                plan.steady() ? rounds.run("latency", this::steady, Latency::brief) : Map.of();
        var figures = new LinkedHashMap<String, Figures>();
        for (Running peer : peers) {
            figures.put(
                    peer.name(),
                    figures(
                            peer,
                            windows.getOrDefault(peer.name(), List.of()),
                            latencies.get(peer.name())));
        }
        return figures;
    }

    private Window saturate(Running peer) throws IOException, InterruptedException {
        long allocated = peer.isJvm() ? peer.allocatedBytes() : 0;
        long cpu = ProcessCpu.nanos(peer.child().handle());
        var load = ClosedLoad.run(plan.loadCore(), peer.port(), plan.seconds());
        cpu = ProcessCpu.nanos(peer.child().handle()) - cpu;
        allocated = peer.isJvm() ? peer.allocatedBytes() - allocated : 0;
        return new Window(
                cpu / 1000.0 / load.requests(), load.rate(), (double) allocated / load.requests());
    }

    private Latency steady(Running peer) throws IOException, InterruptedException {
        return SteadyLoad.run(plan.loadCore(), peer.port(), plan.seconds());
    }

    private static Figures figures(
            Running peer, List<Window> windows, @Nullable List<Latency> latencies) {
        return new Figures(
                Quantile.lowerQuartile(windows.stream().map(Window::cpuMicros).toList()),
                median(windows, Window::rate),
                latencies == null
                        ? null
                        : new Latency(
                                median(latencies, Latency::median),
                                median(latencies, Latency::high)),
                ProcessCpu.residentBytes(peer.child().handle()) / (double) (1 << 20),
                peer.isJvm() ? median(windows, Window::allocated) : null);
    }

    private static <T> double median(List<T> all, ToDoubleFunction<T> number) {
        return Quantile.median(all.stream().mapToDouble(number).boxed().toList());
    }
}
