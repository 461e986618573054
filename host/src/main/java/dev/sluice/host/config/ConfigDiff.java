package dev.sluice.host.config;

import java.util.List;

/// What differs between two documents: ids such as `settings` and `routes/api`, each list sorted.
///
/// @param changed those with other content, and routes that stand in another order
public record ConfigDiff(List<String> added, List<String> changed, List<String> removed) {
    public ConfigDiff {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
    }

    /// Whether nothing differs.
    public boolean isEmpty() {
        return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
    }
}
