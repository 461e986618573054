package dev.sluice.host;

import dev.sluice.host.filter.FilterSource;
import dev.sluice.host.generation.ApplyHook;
import dev.sluice.host.route.CurrentGeneration;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What a suite puts into a gateway to see whether it would notice a fault. No config and no flag
/// leads here; a gateway that serves has [#none].
///
/// @param wrapper makes what stands in a chain for each plugin, given where new exchanges take
///   their generation from
/// @param hook what happens between the steps of an apply
public record Experiment(
        Function<CurrentGeneration, UnaryOperator<FilterSource>> wrapper, ApplyHook hook) {
    /// Changes nothing.
    public static Experiment none() {
        return new Experiment(_ -> UnaryOperator.identity(), ApplyHook.nothing());
    }

    /// Puts something else in the place of each plugin of a chain.
    public static Experiment wrapping(
            Function<CurrentGeneration, UnaryOperator<FilterSource>> wrapper) {
        return new Experiment(wrapper, ApplyHook.nothing());
    }

    /// Does something between the steps of an apply.
    public static Experiment hooked(ApplyHook hook) {
        return new Experiment(_ -> UnaryOperator.identity(), hook);
    }
}
