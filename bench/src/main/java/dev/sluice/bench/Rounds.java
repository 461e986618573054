package dev.sluice.bench;

import dev.sluice.bench.machine.MachineCpu;
import dev.sluice.bench.peer.Running;
import dev.sluice.bench.peer.Upstream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Rounds in which the peers take turns, so that what the machine does to one it does to all.
///
/// A round in which others used the machine is thrown away as a whole and made again, up to twice
/// as often as rounds were asked for.
final class Rounds {
    private static final double MOST_FOREIGN_CORES = 0.25;

    private final int count;
    private final Upstream upstream;
    private final List<Running> peers;
    private final PrintStream out;

    /// Measures one peer.
    interface Measurement<T> {
        T of(Running peer) throws IOException, InterruptedException;
    }

    /// @param count rounds to keep
    Rounds(int count, Upstream upstream, List<Running> peers, PrintStream out) {
        this.count = count;
        this.upstream = upstream;
        this.peers = List.copyOf(peers);
        this.out = out;
    }

    /// Makes them.
    ///
    /// @param what is measured, for who watches
    /// @param brief a result in a few words
    /// @return by peer, what each kept round gave
    /// @throws IOException when no round could be kept
    <T> Map<String, List<T>> run(String what, Measurement<T> measurement, Function<T, String> brief)
            throws IOException, InterruptedException {
        var kept = new LinkedHashMap<String, List<T>>();
        int left = count;
        for (int round = 1; left > 0 && round <= 3 * count; round++) {
            var results = new LinkedHashMap<String, T>();
            double foreign = 0;
            for (Running peer : peers) {
                MachineCpu machine = MachineCpu.begin(processes());
                results.put(peer.name(), measurement.of(peer));
                foreign = Math.max(foreign, machine.foreignCores());
            }
            String said =
                    results.entrySet().stream()
                            .map(each -> each.getKey() + " " + brief.apply(each.getValue()))
                            .collect(Collectors.joining(", "));
            if (foreign > MOST_FOREIGN_CORES) {
                out.printf(
                        "  %s, round %d dropped, others kept %.2f cores busy: %s%n",
                        what, round, foreign, said);
                continue;
            }
            left--;
            out.printf("  %s, round %d: %s%n", what, round, said);
            results.forEach((name, result) ->
                    kept.computeIfAbsent(name, _ -> new ArrayList<>()).add(result));
        }
        if (left > count / 2) {
            throw new IOException("the machine was busy with other work in most rounds");
        }
        return kept;
    }

    private List<ProcessHandle> processes() {
        return Stream.concat(
                        Stream.of(upstream.child().handle()),
                        peers.stream().map(peer -> peer.child().handle()))
                .toList();
    }
}
