package dev.sluice.host.config;

/// What answers a matched request.
public sealed interface RouteAction {
    /// An upstream, by name.
    record ToUpstream(String upstream) implements RouteAction {}

    /// The gateway itself.
    ///
    /// @param status 200 to 599
    record Respond(int status, String body, String contentType) implements RouteAction {
        static final String DEFAULT_CONTENT_TYPE = "text/plain; charset=utf-8";
    }
}
