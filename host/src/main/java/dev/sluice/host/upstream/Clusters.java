package dev.sluice.host.upstream;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The clusters of one generation by upstream name.
///
/// @param byName immutable
public record Clusters(Map<String, Cluster> byName) {
    public Clusters {
        byName = Map.copyOf(byName);
    }

    /// No clusters.
    public static Clusters none() {
        return new Clusters(Map.of());
    }

    /// The cluster that a guest means by `name`: an upstream's name, or Envoy's and Higress's
    /// `outbound|port|subset|name`.
    public @Nullable Cluster find(String name) {
        Cluster cluster = byName.get(name);
        if (cluster == null && name.startsWith("outbound|")) {
            cluster = byName.get(name.substring(name.lastIndexOf('|') + 1));
        }
        return cluster;
    }
}
