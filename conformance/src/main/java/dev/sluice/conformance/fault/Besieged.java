package dev.sluice.conformance.fault;

import static java.util.Objects.requireNonNull;

import dev.sluice.conformance.Run;
import dev.sluice.conformance.fault.Traffic.Counts;
import dev.sluice.conformance.fault.Traffic.Load;
import dev.sluice.conformance.guest.Guests;
import dev.sluice.host.Experiment;
import dev.sluice.host.demo.EchoUpstream;
import dev.sluice.host.filter.FilterSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// A gateway with a hostile plugin on one route, and normal traffic on another, through a plugin of
/// its own.
final class Besieged {
    private static final Load NORMAL = new Load("/", 16, 400);
    private static final Times SHORT = new Times(1, 1, 3);
    private static final Times LONG = new Times(10, 15, 30);
    private static final List<String> COUNTED =
            List.of(
                    "sluice_plugin_failures_total",
                    "sluice_plugin_breaker_opened_total",
                    "sluice_plugin_log_dropped_total",
                    "sluice_plugin_callouts_total");

    /// In seconds.
    private record Times(int warmUp, int before, int during) {}

    /// What was seen.
    ///
    /// @param before normal traffic, without the hostile
    /// @param during normal traffic, from the first hostile request on
    /// @param hostile traffic to the hostile plugin; what is not 200 is counted as wrong
    /// @param unavailable hostile requests that found no VM to enter
    /// @param lostSeconds CPU time of the loops in the hostile plugin
    /// @param metrics after it all
    record Outcome(
            Counts before,
            Counts during,
            Counts hostile,
            long unavailable,
            double lostSeconds,
            Map<String, Double> metrics) {
        double metric(String name) {
            return requireNonNull(metrics.get(name), name);
        }
    }

    private Besieged() {}

    /// @param keys more of the hostile plugin, in flow style
    static Outcome run(Run run, String guest, String keys, Load hostile)
            throws IOException, InterruptedException {
        var spent = new LongAdder();
        Times times = run.longForm() ? LONG : SHORT;
        try (var upstream = new EchoUpstream();
                var subject =
                        Subject.start(
                                run.folder().resolve("data"),
                                config(run.folder(), upstream, guest, keys),
                                Experiment.wrapping(_ -> source -> metered(source, spent)));
                var normal =
                        new Traffic(subject.address(), NORMAL, reply -> reply.status() == 200)) {
            pass(times.warmUp());
            normal.take();
            pass(times.before());
            Counts before = normal.take();
            var unavailable = new LongAdder();
            try (var enemy =
                    new Traffic(
                            subject.address(),
                            hostile,
                            reply -> {
                                if (reply.body().startsWith("plugin unavailable")) {
                                    unavailable.increment();
                                }
                                return reply.status() == 200;
                            })) {
                pass(times.during());
                Counts during = normal.take();
                double lost = spent.sum() / (double) TimeUnit.SECONDS.toNanos(1);
                enemy.end();
                return new Outcome(
                        before, during, enemy.take(), unavailable.sum(), lost, metrics(subject));
            }
        }
    }

    private static void pass(int seconds) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (end - System.nanoTime() > 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static FilterSource metered(FilterSource source, LongAdder spent) {
        return source.name().equals("hostile") ? new Metered(source, spent) : source;
    }

    private static Map<String, Double> metrics(Subject subject)
            throws IOException, InterruptedException {
        Map<String, Double> values = new HashMap<>();
        for (String name : COUNTED) {
            values.put(name, subject.metric(name));
        }
        return values;
    }

    private static String config(Path folder, EchoUpstream upstream, String guest, String keys)
            throws IOException {
        Path peaceful = Files.write(folder.resolve("peaceful.wasm"), Guests.bytes("nothing"));
        Path hostile = Files.write(folder.resolve("hostile.wasm"), Guests.bytes(guest));
        return """
        upstreams: { echo: { endpoints: ["127.0.0.1:%d"] } }
        routes:
          hostile: { match: { path: { prefix: /hostile } }, upstream: echo }
          all: { upstream: echo }
        modules:
          peaceful: { source: { file: { path: "%s" } } }
          hostile: { source: { file: { path: "%s" } } }
        plugins:
          peaceful: { module: peaceful }
          hostile: { module: hostile%s }
        bindings:
          peaceful: { plugin: peaceful, target: { global: true } }
          hostile: { plugin: hostile, target: { route: hostile } }
        """
                .formatted(
                        upstream.address().getPort(),
                        peaceful,
                        hostile,
                        keys.isEmpty() ? "" : ", " + keys);
    }
}
