package dev.sluice.host.filter;

/// A place in a chain: what makes the filter for each exchange that passes there.
///
/// Thread: any event loop, concurrently.
public interface FilterSource {
    /// The plugin's name, for logs and status.
    String name();

    /// Most body bytes held for it, each way.
    int bodyLimit();

    /// Begins this filter's part in an exchange on the current event loop.
    HttpFilter open(FilterControl control);
}
