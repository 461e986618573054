package dev.sluice.conformance.fault;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.conformance.Run;
import dev.sluice.conformance.guest.Guests;
import dev.sluice.host.Experiment;
import dev.sluice.host.demo.EchoUpstream;
import dev.sluice.host.demo.Load;
import dev.sluice.host.filter.FilterSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/// A gateway with a hostile plugin on one route, and normal traffic on another, through a plugin of
/// its own.
///
/// While it warms up it has the troubles of every day: it refuses some requests, on a third route
/// with a third plugin, and gives some up whose upstream is late, which costs the connection to it.
/// The JVM compiles what it has seen, and begins again when the first request comes that is
/// different.
final class Besieged {
    private static final double SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int BYSTANDERS = 16;
    private static final int PER_SECOND = 400;
    private static final Duration LATE = Duration.ofMinutes(1);
    private static final Times SHORT = new Times(1, 1, 3, 0);
    private static final Times LONG = new Times(20, 15, 30, 3);
    private static final List<String> COUNTED =
            List.of(
                    "sluice_plugin_failures_total",
                    "sluice_plugin_breaker_opened_total",
                    "sluice_plugin_log_dropped_total",
                    "sluice_plugin_callouts_total");

    /// In seconds.
    ///
    /// @param calm once before the hostile comes and once after it
    /// @param rest until what the hostile left behind is gone
    private record Times(int warmUp, int calm, int during, int rest) {}

    /// What was seen.
    ///
    /// @param before latencies of normal traffic in microseconds, without the hostile
    /// @param during the same, from the first hostile request on
    /// @param after the same, when it had gone
    /// @param normal all normal traffic
    /// @param hostile traffic to the hostile plugin; what is not 200 is counted as wrong
    /// @param refused hostile requests that its policy answered
    /// @param unavailable those of them that found no VM to enter
    /// @param loops how many loops the hostile requests came to
    /// @param sharers hostile requests that were in a VM when one of its requests was stopped
    /// @param lostSeconds CPU time of the loops in the hostile plugin
    /// @param moreSeconds CPU time of the loops over what they took for as long before it came;
    ///   with what the gateway itself does for the hostile requests
    /// @param metrics after it all
    record Outcome(
            Histogram before,
            Histogram during,
            Histogram after,
            Load.Counts normal,
            Traffic.Counts hostile,
            long refused,
            long unavailable,
            int loops,
            long sharers,
            double lostSeconds,
            double moreSeconds,
            Map<String, Double> metrics) {
        double metric(String name) {
            return requireNonNull(metrics.get(name), name);
        }
    }

    private Besieged() {}

    /// @param keys more of the hostile plugin, in flow style
    static Outcome run(Run run, String guest, String keys, Traffic.Load hostile)
            throws IOException, InterruptedException {
        ConcurrentMap<Thread, Toll> tolls = new ConcurrentHashMap<>();
        Times times = run.longForm() ? LONG : SHORT;
        try (var upstream = new EchoUpstream();
                var subject =
                        Subject.start(
                                run.folder().resolve("data"),
                                config(run.folder(), upstream, guest, keys),
                                Experiment.wrapping(_ -> source -> metered(source, tolls)));
                var normal =
                        new Load(
                                subject.address(),
                                PER_SECOND,
                                LATE,
                                Collections.nCopies(BYSTANDERS, new Bystander()))) {
            normal.start();
            warmUp(subject, times, hostile);
            normal.takeHistogram();
            long idle = -loopNanos();
            pass(times.calm());
            idle += loopNanos();
            Histogram before = normal.takeHistogram();
            long busy = -loopNanos();
            var refused = new LongAdder();
            var unavailable = new LongAdder();
            try (var enemy =
                    new Traffic(
                            subject.address(),
                            hostile,
                            reply -> {
                                boolean failed = isRefusal(reply, "plugin failed");
                                boolean absent = isRefusal(reply, "plugin unavailable");
                                if (failed || absent) {
                                    refused.increment();
                                }
                                if (absent) {
                                    unavailable.increment();
                                }
                                return reply.status() == 200;
                            })) {
                pass(times.during());
                busy += loopNanos();
                long lostNanos = sum(tolls, Toll::nanos);
                enemy.end();
                Histogram during = normal.takeHistogram();
                pass(times.rest());
                normal.takeHistogram();
                pass(times.calm());
                normal.stop();
                return new Outcome(
                        before,
                        during,
                        normal.takeHistogram(),
                        normal.counts(),
                        enemy.take(),
                        refused.sum(),
                        unavailable.sum(),
                        tolls.size(),
                        sum(tolls, Toll::sharers),
                        lostNanos / SECOND_NANOS,
                        (busy - idle * (times.during() / (double) times.calm())) / SECOND_NANOS,
                        metrics(subject));
            }
        }
    }

    private static void warmUp(Subject subject, Times times, Traffic.Load hostile)
            throws InterruptedException {
        var givenUp = new LongAdder();
        try (var refused = trouble(subject, "/refused", hostile, status -> status == 503);
                var late =
                        trouble(
                                subject,
                                "/late",
                                hostile,
                                status -> {
                                    if (status == 504) {
                                        givenUp.increment();
                                    }
                                    return status == 504 || status == 200;
                                })) {
            pass(times.warmUp());
            refused.end();
            late.end();
            assertThat(refused.take().shown()).isEmpty();
            assertThat(late.take().shown()).isEmpty();
            assertThat(givenUp.sum()).as("requests given up").isPositive();
        }
    }

    private static Traffic trouble(
            Subject subject, String path, Traffic.Load hostile, IntPredicate expected) {
        return new Traffic(
                subject.address(),
                new Traffic.Load(path, hostile.connections(), hostile.perSecond()),
                reply -> expected.test(reply.status()));
    }

    private static boolean isRefusal(Wire.Reply reply, String why) {
        return reply.status() == 503 && reply.body().strip().endsWith(why);
    }

    /// CPU time of the serving loops so far.
    private static long loopNanos() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().startsWith("sluice-loop-"))
                .mapToLong(each -> THREADS.getThreadCpuTime(each.threadId()))
                .sum();
    }

    private static void pass(int seconds) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (end - System.nanoTime() > 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /// Every plugin is metered, so that the hostile one is no new kind of filter to compiled code.
    private static FilterSource metered(FilterSource source, ConcurrentMap<Thread, Toll> tolls) {
        return new Metered(
                source, source.name().equals("hostile") ? tolls : new ConcurrentHashMap<>());
    }

    private static long sum(ConcurrentMap<Thread, Toll> tolls, ToLongFunction<Toll> part) {
        return tolls.values().stream().mapToLong(part).sum();
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
          refused: { match: { path: { prefix: /refused } }, respond: { status: 503 } }
          late: { match: { path: { prefix: /late } }, upstream: echo, timeout: 1ms }
          all: { upstream: echo }
        modules:
          peaceful: { source: { file: { path: "%s" } } }
          hostile: { source: { file: { path: "%s" } } }
        plugins:
          peaceful: { module: peaceful }
          refused: { module: peaceful, config: refused }
          hostile: { module: hostile%s }
        bindings:
          peaceful: { plugin: peaceful, target: { global: true } }
          hostile: { plugin: hostile, target: { route: hostile } }
          refused: { plugin: refused, target: { route: refused } }
        """
                .formatted(
                        upstream.address().getPort(),
                        peaceful,
                        hostile,
                        keys.isEmpty() ? "" : ", " + keys);
    }
}
