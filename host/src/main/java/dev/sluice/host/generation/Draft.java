package dev.sluice.host.generation;

import dev.sluice.host.config.HostPort;
import dev.sluice.host.listener.Listener;
import dev.sluice.host.plugin.Bundle;
import dev.sluice.host.upstream.Cluster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// A generation that is being built, with what was made for it alone.
///
/// Thread: the control thread.
final class Draft {
    private final List<CompletableFuture<Bundle>> bundles = new ArrayList<>();
    private final List<Cluster> clusters = new ArrayList<>();
    private final Map<HostPort, Listener> listeners = new HashMap<>();

    /// @param bundle perhaps still being admitted when this is given up
    void made(CompletableFuture<Bundle> bundle) {
        bundles.add(bundle);
    }

    void made(Cluster cluster) {
        clusters.add(cluster);
    }

    void made(HostPort address, Listener listener) {
        listeners.put(address, listener);
    }

    /// Undoes everything; returns once it is gone. What is still being admitted goes when it is
    /// done.
    void discard() {
        listeners.values().forEach(Listener::close);
        clusters.forEach(Cluster::retire);
        bundles.forEach(bundle -> bundle.thenAccept(Bundle::retire));
        ready().forEach(bundle -> bundle.closed().join());
    }

    /// What new plugins wrote to shared data becomes everybody's.
    ///
    /// @return how many changes lost to a value that was set meanwhile
    int mergeSharedData() {
        return ready().mapToInt(Bundle::mergeSharedData).sum();
    }

    /// The ticks of new plugins begin.
    void resumeTicks() {
        ready().forEach(Bundle::resumeTicks);
    }

    private Stream<Bundle> ready() {
        return bundles.stream()
                .filter(bundle -> bundle.state() == Future.State.SUCCESS)
                .map(CompletableFuture::resultNow);
    }
}
