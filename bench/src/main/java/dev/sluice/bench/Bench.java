package dev.sluice.bench;

import dev.sluice.bench.peer.Directories;
import dev.sluice.bench.peer.EnvoyPeer;
import dev.sluice.bench.peer.EnvoyProgram;
import dev.sluice.bench.peer.NginxPeer;
import dev.sluice.bench.peer.Peer;
import dev.sluice.bench.peer.Running;
import dev.sluice.bench.peer.SluicePeer;
import dev.sluice.bench.peer.Task;
import dev.sluice.bench.peer.Upstream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/// Starts what a case needs, compares, and ends what it started.
///
/// The proxies run on one core, load and upstream on another.
final class Bench {
    static final int PROXY_CORE = 0;
    static final int LOAD_CORE = 1;

    private final List<Peer> peers;
    private final Comparison.Plan plan;
    private final PrintStream out;

    /// @param tools directory of fetched programs
    Bench(Path tools, Comparison.Plan plan, PrintStream out) throws InterruptedException {
        this.plan = plan;
        this.out = out;
        peers =
                List.of(
                        new SluicePeer(PROXY_CORE),
                        new EnvoyPeer(PROXY_CORE, EnvoyProgram.fetched(tools)),
                        new NginxPeer(PROXY_CORE));
    }

    /// Runs one case; the figures are by peer.
    SequencedMap<String, Figures> run(Case which) throws IOException, InterruptedException {
        out.printf("%s: every request %s%n", which.title(), which.says());
        Path directory = Files.createTempDirectory("sluice-bench");
        var started = new ArrayList<Running>();
        try {
            Task task = which.task(directory);
            try (Upstream upstream =
                    Upstream.start(LOAD_CORE, made(directory, "upstream"), task.proof())) {
                for (Peer peer : peers) {
                    String why = peer.missing(task);
                    if (why == null) {
                        started.add(
                                peer.start(task, upstream.port(), made(directory, peer.name())));
                    } else {
                        out.printf("  %s is left out: %s%n", peer.name(), why);
                    }
                }
                var figures = new Comparison(plan, upstream, started, out).run();
                print(figures);
                return figures;
            }
        } finally {
            started.forEach(Running::close);
            Directories.delete(directory);
        }
    }

    private void print(SequencedMap<String, Figures> all) {
        all.forEach((name, each) -> {
            out.printf(
                    "  %-7s %6.1f µs CPU per request, %6.0f requests/s, %4.0f MiB",
                    name, each.cpuMicros(), each.rps(), each.rssMiB());
            if (each.latency() != null) {
                out.printf(", p50/p99 %s", each.latency().brief());
            }
            if (each.allocBytes() != null) {
                out.printf(", %.0f heap bytes per request", each.allocBytes());
            }
            out.println();
        });
        Figures sluice = all.get("sluice");
        all.forEach((name, each) -> {
            if (sluice != null && !name.equals("sluice")) {
                out.printf(
                        "  Sluice takes %.2f of the CPU of %s%n",
                        sluice.cpuMicros() / each.cpuMicros(), name);
            }
        });
    }

    private static Path made(Path parent, String name) throws IOException {
        return Files.createDirectory(parent.resolve(name));
    }
}
