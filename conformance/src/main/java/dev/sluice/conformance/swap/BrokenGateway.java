package dev.sluice.conformance.swap;

import dev.sluice.host.Experiment;
import dev.sluice.host.generation.ApplyStep;
import dev.sluice.host.plugin.Bundle;
import dev.sluice.host.plugin.PluginSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A gateway that breaks the promise of a swap.
///
/// @param met how many requests have met the fault
record BrokenGateway(Experiment experiment, AtomicInteger met) {
    /// How many requests are waited for that meet a fault which needs a moment.
    private static final int ENOUGH = 20;

    /// The generation is read again when the response comes.
    static BrokenGateway generationReadAgain() {
        var crossed = new AtomicInteger();
        return new BrokenGateway(
                Experiment.wrapping(
                        current -> source -> new RereadingSource(source, current, crossed)),
                crossed);
    }

    /// Requests that wait for an upstream of a generation lose it when the generation is replaced.
    static BrokenGateway poolClosedAtPublish() {
        return striking(filter -> filter.control().fail("pool_closed"));
    }

    /// The plugins of a generation are closed when it is replaced, with streams in them.
    static BrokenGateway closedUnderStreams() {
        return striking(WatchedFilter::close);
    }

    private static BrokenGateway striking(Consumer<WatchedFilter> fault) {
        var met = new AtomicInteger();
        return new BrokenGateway(
                new WatchedChains()
                        .experiment(
                                true,
                                _ -> {},
                                (step, replaced) -> {
                                    if (step == ApplyStep.BARRIER) {
                                        strike(replaced, met, fault);
                                    }
                                }),
                met);
    }

    private static void strike(
            List<WatchedSource> replaced, AtomicInteger met, Consumer<WatchedFilter> fault) {
        for (WatchedSource source : replaced) {
            for (WatchedFilter filter : source.open()) {
                filter.control().stream()
                        .loop()
                        .execute(() -> {
                            if (!filter.isClosed()) {
                                met.incrementAndGet();
                                fault.accept(filter);
                            }
                        });
            }
        }
    }

    /// The bundles of a generation are closed while loops still begin requests on them.
    static BrokenGateway closedBeforeLoops() {
        var met = new AtomicInteger();
        return new BrokenGateway(
                new WatchedChains()
                        .experiment(
                                true,
                                source -> {
                                    if (isClosed(source)) {
                                        met.incrementAndGet();
                                    }
                                },
                                (step, replaced) -> {
                                    if (step == ApplyStep.PUBLISH && !replaced.isEmpty()) {
                                        retire(replaced);
                                        int before = met.get();
                                        Wait.until(() -> met.get() > before + ENOUGH);
                                    }
                                }),
                met);
    }

    private static void retire(List<WatchedSource> sources) {
        sources.forEach(each -> bundle(each).retire());
    }

    private static boolean isClosed(WatchedSource source) {
        return bundle(source).closed().isDone();
    }

    private static Bundle bundle(WatchedSource source) {
        return ((PluginSource) source.actual()).bundle();
    }
}
