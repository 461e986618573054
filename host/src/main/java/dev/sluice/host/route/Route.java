package dev.sluice.host.route;

import dev.sluice.host.filter.Chain;
import dev.sluice.host.upstream.Cluster;
import java.time.Duration;

/// Where a matched request goes, and what it passes on the way.
///
/// @param name the route's name; empty for the answer when none matched
/// @param chain the filters, already resolved for this route, its domain and its upstream
/// @param action what answers it
/// @param timeout from the end of the request to the end of the response; zero for none
public record Route(String name, Chain chain, Action action, Duration timeout) {
    /// What answers a request.
    public sealed interface Action {
        /// An upstream.
        record Forward(Cluster cluster) implements Action {}

        /// The gateway itself.
        ///
        /// @param body sent as it is; borrowed
        /// @param details for the access log
        @SuppressWarnings("ArrayRecordComponent") // bytes, never compared
        record Respond(int status, String contentType, byte[] body, String details)
                implements Action {}
    }
}
