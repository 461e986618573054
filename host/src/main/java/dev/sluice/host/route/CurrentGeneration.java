package dev.sluice.host.route;

/// The one reference through which every change becomes visible.
///
/// Thread: read by any, written by the publisher.
public final class CurrentGeneration {
    private volatile Generation current;

    public CurrentGeneration(Generation first) {
        current = first;
    }

    /// The generation that an exchange starting now belongs to.
    public Generation get() {
        return current;
    }

    /// Makes `next` visible to every exchange that starts from now on.
    public void publish(Generation next) {
        current = next;
    }
}
