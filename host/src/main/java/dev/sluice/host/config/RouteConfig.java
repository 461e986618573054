package dev.sluice.host.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A match and what answers it.
///
/// @param domain whose hosts it serves; null for every host
/// @param match what a request must be like
/// @param action what answers
/// @param timeout from the end of the request to the end of the response; zero for none
public record RouteConfig(
        @Nullable String domain, RouteMatchConfig match, RouteAction action, Duration timeout) {
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);
}
