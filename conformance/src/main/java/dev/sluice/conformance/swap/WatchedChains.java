package dev.sluice.conformance.swap;

import dev.sluice.host.Experiment;
import dev.sluice.host.filter.FilterSource;
import dev.sluice.host.generation.ApplyHook;
import dev.sluice.host.generation.ApplyStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The places of the chain that an apply replaces, so that they can be broken at one of its steps.
///
/// Thread: the control thread.
final class WatchedChains {
    private List<WatchedSource> replaced = List.of();
    private List<WatchedSource> built = new ArrayList<>();

    /// A fault, and where in an apply it is.
    interface Fault {
        void at(ApplyStep step, List<WatchedSource> replaced);
    }

    /// A gateway with this fault.
    ///
    /// @param withBarrier whether an apply waits until no loop reads the generation before
    /// @param onOpen what happens before a filter is opened, on its event loop
    Experiment experiment(boolean withBarrier, Consumer<WatchedSource> onOpen, Fault fault) {
        var hook =
                new ApplyHook() {
                    @Override
                    public void before(ApplyStep step) throws IOException {
                        if (step == ApplyStep.RESOLVE) {
                            replaced = built;
                            built = new ArrayList<>();
                        }
                        fault.at(step, replaced);
                    }

                    @Override
                    public boolean skips(ApplyStep step) {
                        return step == ApplyStep.BARRIER && !withBarrier;
                    }
                };
        return new Experiment(_ -> source -> watch(source, onOpen), hook);
    }

    private FilterSource watch(FilterSource source, Consumer<WatchedSource> onOpen) {
        var watched = new WatchedSource(source, onOpen);
        built.add(watched);
        return watched;
    }
}
