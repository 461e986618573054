package dev.sluice.bench.peer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a proxy has to do with every request, beside forwarding it.
///
/// @param plugins in the order that requests pass them
/// @param nginx the same in nginx's own words, or null when nginx cannot do it
public record Task(List<Plugin> plugins, @Nullable List<String> nginx) {
    public Task {
        plugins = List.copyOf(plugins);
    }
}
