package dev.sluice.host.config;

/// How sockets are driven: one choice for the process.
public enum TransportConfig {
    /// The best that works here: io_uring, else epoll, else NIO.
    AUTO,
    IO_URING,
    EPOLL,
    NIO
}
