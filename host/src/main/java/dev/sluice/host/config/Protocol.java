package dev.sluice.host.config;

/// What is spoken on a connection.
public enum Protocol {
    /// HTTP/1.1, and HTTP/1.0 from clients.
    H1
}
