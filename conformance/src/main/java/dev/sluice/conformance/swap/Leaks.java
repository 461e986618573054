package dev.sluice.conformance.swap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.conformance.Run;
import dev.sluice.host.Experiment;
import dev.sluice.host.generation.Live;
import dev.sluice.host.plugin.Bundle;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// T7: what was swapped out leaves nothing behind.
final class Leaks {
    private static final int CONNECTIONS = 20;
    private static final int PER_SECOND = 100;
    private static final Duration LATE = Duration.ofMinutes(1);
    private static final int SAMPLES = 100;

    /// The same in the short form.
    private static final int FEW_SAMPLES = 4;

    private static final double SETTLED = 0.2;
    private static final double FLAT = 0.02;

    private static final Map<String, ToDoubleFunction<Footprint>> MEASURES = measures();

    private Leaks() {}

    private static Map<String, ToDoubleFunction<Footprint>> measures() {
        var all = new LinkedHashMap<String, ToDoubleFunction<Footprint>>();
        all.put("Heap", Footprint::heapBytes);
        all.put("Metaspace", Footprint::metaspaceBytes);
        all.put("Classes", Footprint::classes);
        all.put("Threads", Footprint::threads);
        all.put("Direct", Footprint::directBytes);
        return all;
    }

    /// How many changes are looked at.
    ///
    /// @param warmUps changes before the first sample. The virtual machine's profiles of the code
    ///   that makes them lie in metaspace too, one for each method once it has run some hundred
    ///   times
    private record Plan(int warmUps, int applies) {}

    static void configurations(Run run) throws IOException, InterruptedException {
        Plan plan = run.longForm() ? new Plan(1_000, 10_000) : new Plan(20, 200);
        leaks(run, plan, LoadedGateway::configure);
    }

    static void digests(Run run) throws IOException, InterruptedException {
        Plan plan = run.longForm() ? new Plan(400, 500) : new Plan(20, 40);
        leaks(run, plan, LoadedGateway::recode);
    }

    private static void leaks(Run run, Plan plan, LoadedGateway.Change change)
            throws IOException, InterruptedException {
        var size = new LoadedGateway.Size(CONNECTIONS, PER_SECOND, LATE);
        int samples = run.longForm() ? SAMPLES : FEW_SAMPLES;
        List<Footprint> footprints = new ArrayList<>();
        try (var lost = new LostBuffers();
                var gateway = new LoadedGateway(run.folder(), Experiment.none(), size)) {
            for (int i = 0; i < plan.warmUps(); i++) {
                change.make(gateway);
            }
            gateway.awaitLatestEverywhere();
            List<WeakReference<?>> replaced = new ArrayList<>();
            for (int i = 1; i <= plan.applies(); i++) {
                replaced.addAll(replaced(gateway, change));
                if (i % (plan.applies() / samples) == 0) {
                    footprints.add(Footprint.take());
                    replaced.removeIf(each -> each.refersTo(null));
                }
            }
            gateway.awaitLatestEverywhere();
            assertThat(gateway.end().firstProblem()).isNull();
            Wait.until(() -> gateway.gateway().metric("sluice_guest_vms") == Witness.VMS);
            awaitCleared(replaced);
            assertThat(lost.found()).as("buffers that were not released").isEmpty();
        }
        if (run.longForm()) {
            judge(run, footprints.subList((int) (SAMPLES * SETTLED), SAMPLES));
        } else {
            compare(footprints.getFirst(), footprints.getLast());
        }
    }

    /// Makes a change, and remembers what it replaces.
    private static List<WeakReference<?>> replaced(
            LoadedGateway gateway, LoadedGateway.Change change)
            throws IOException, InterruptedException {
        Set<Object> before = parts(gateway);
        change.make(gateway);
        before.removeAll(parts(gateway));
        return before.stream().<WeakReference<?>>map(WeakReference::new).toList();
    }

    /// The generation that runs, its bundles, and the loaders of their code.
    private static Set<Object> parts(LoadedGateway gateway) {
        Live live = gateway.gateway().live();
        Set<Object> parts = Collections.newSetFromMap(new IdentityHashMap<>());
        parts.add(live.generation());
        for (Bundle bundle : live.bundles().values()) {
            parts.add(bundle);
            parts.add(bundle.module().codeLoader());
        }
        return parts;
    }

    private static void awaitCleared(List<WeakReference<?>> replaced) {
        Wait.until(() -> {
            System.gc();
            return replaced.stream().allMatch(each -> each.refersTo(null));
        });
    }

    private static void judge(Run run, List<Footprint> samples) {
        List<String> rising = new ArrayList<>();
        MEASURES.forEach((name, measure) -> {
            Trend trend = Trend.of(samples.stream().map(measure::applyAsDouble).toList());
            run.figures().put("mean" + name, trend.mean());
            run.figures().put("drift" + name + "Percent", 100 * trend.drift());
            if (!trend.isFlat(FLAT)) {
                rising.add("%s: %s".formatted(name, trend));
            }
        });
        assertThat(rising).as("what rises").isEmpty();
    }

    /// The short form: after all changes there is no more than after a quarter of them. Metaspace
    /// has not settled by then.
    private static void compare(Footprint first, Footprint last) {
        assertThat(last.classes()).as("classes").isLessThan(first.classes() * (1 + FLAT));
        assertThat(last.threads()).as("threads").isLessThanOrEqualTo(first.threads() + 1);
    }
}
