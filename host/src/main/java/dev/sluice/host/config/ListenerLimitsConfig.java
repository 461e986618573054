package dev.sluice.host.config;

import java.time.Duration;

/// How much a client may ask for before it is refused.
///
/// @param requestLine longest request line
/// @param headers all header fields of a request together, names and values
/// @param headerCount most header fields of a request
/// @param headerTimeout longest time from the first byte of a request to the end of its head
/// @param idleTimeout longest time a connection may wait for its next request
/// @param requestsPerConnection requests after which a connection is closed
public record ListenerLimitsConfig(
        ByteSize requestLine,
        ByteSize headers,
        int headerCount,
        Duration headerTimeout,
        Duration idleTimeout,
        int requestsPerConnection) {
    /// 8 KiB, 32 KiB, 100 fields, 10 s, 60 s, 10,000 requests.
    public static ListenerLimitsConfig defaults() {
        return new ListenerLimitsConfig(
                ByteSize.kib(8),
                ByteSize.kib(32),
                100,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                10_000);
    }
}
