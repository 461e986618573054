package dev.sluice.host.filter;

import dev.sluice.abi.FilterAction;
import dev.sluice.host.http.Body;

/// One filter's part in one exchange.
///
/// Each method answers what becomes of the stream; it never answers `FAILED`, a filter that fails
/// says so through its [FilterControl] and answers a stop.
///
/// Thread: the exchange's event loop.
public interface HttpFilter {
    /// Request headers are there.
    FilterAction requestHeaders(boolean endOfStream);

    /// Request bytes are there: all that is held for this filter.
    FilterAction requestBody(Body body, boolean endOfStream);

    /// Request trailers are there.
    FilterAction requestTrailers();

    /// Response headers are there.
    FilterAction responseHeaders(boolean endOfStream);

    /// Response bytes are there: all that is held for this filter.
    FilterAction responseBody(Body body, boolean endOfStream);

    /// Response trailers are there.
    FilterAction responseTrailers();

    /// Whether it wants to see request bodies; asked once per exchange, and when it has the request
    /// headers shown again.
    boolean readsRequestBody();

    /// Whether it wants to see response bodies; asked when [#readsRequestBody] is.
    boolean readsResponseBody();

    /// The exchange has ended: log, and let go of everything.
    void close();
}
