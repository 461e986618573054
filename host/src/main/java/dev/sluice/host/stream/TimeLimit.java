package dev.sluice.host.stream;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// How long an exchange may take once its request is whole: as its route says, or, where a route
/// sets no limit, as long as something moves.
///
/// Thread: the exchange's event loop.
final class TimeLimit {
    /// How long plugins may hold a request on a route without a time limit, or an answer of the
    /// gateway's own.
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /// How long a client may take nothing of a response that has no time limit.
    private static final long LONGEST_STALL_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Downstream downstream;
    private final long routeNanos;

    /// @param route the route's limit; zero for none
    TimeLimit(Downstream downstream, Duration route) {
        this.downstream = downstream;
        routeNanos = route.toNanos();
    }

    /// The request is whole.
    ///
    /// @param sent whether its head has left the plugins
    void requestWhole(boolean sent) {
        downstream.timeoutIn(routeNanos == 0 && !sent ? pauseNanos() : routeNanos);
    }

    /// The head of a whole request has left the plugins.
    void requestSent() {
        if (routeNanos == 0) {
            downstream.timeoutIn(0);
        }
    }

    /// The client takes more of the response to a whole request, or does not.
    void clientTakes(boolean more) {
        if (routeNanos == 0) {
            downstream.timeoutIn(more ? 0 : LONGEST_STALL_NANOS);
        }
    }

    /// An answer of the gateway's own is on its way through the plugins.
    void answering() {
        downstream.timeoutIn(pauseNanos());
    }

    /// Nothing more is due.
    void over() {
        downstream.timeoutIn(0);
    }

    private long pauseNanos() {
        return routeNanos == 0 ? LONGEST_PAUSE_NANOS : Math.min(routeNanos, LONGEST_PAUSE_NANOS);
    }
}
