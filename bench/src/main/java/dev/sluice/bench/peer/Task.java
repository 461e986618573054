package dev.sluice.bench.peer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a proxy has to do with every request, beside forwarding it.
///
/// @param plugins in the order that requests pass them
/// @param nginx the same in nginx's own words, or null when nginx cannot do it
/// @param proof a field that the upstream then gets, or null when it gets none
public record Task(List<Plugin> plugins, @Nullable List<String> nginx, @Nullable Proof proof) {
    /// A field and its value.
    public record Proof(String name, String value) {}

    public Task {
        plugins = List.copyOf(plugins);
    }
}
