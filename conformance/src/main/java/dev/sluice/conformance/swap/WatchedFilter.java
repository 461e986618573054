package dev.sluice.conformance.swap;

import dev.sluice.abi.FilterAction;
import dev.sluice.host.filter.FilterControl;
import dev.sluice.host.filter.HttpFilter;
import dev.sluice.host.http.Body;
import java.util.Set;

/// A filter that can be found while it is open, to be closed too early; then its stream goes on
/// without it.
///
/// Thread: the exchange's event loop.
final class WatchedFilter implements HttpFilter {
    private final FilterControl control;
    private final HttpFilter actual;
    private final Set<WatchedFilter> open;
    private boolean closed;

    /// @param open names it as long as it is open
    WatchedFilter(FilterControl control, HttpFilter actual, Set<WatchedFilter> open) {
        this.control = control;
        this.actual = actual;
        this.open = open;
        open.add(this);
    }

    FilterControl control() {
        return control;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public FilterAction requestHeaders(boolean endOfStream) {
        return closed ? FilterAction.CONTINUE : actual.requestHeaders(endOfStream);
    }

    @Override
    public FilterAction requestBody(Body body, boolean endOfStream) {
        return closed ? FilterAction.CONTINUE : actual.requestBody(body, endOfStream);
    }

    @Override
    public FilterAction requestTrailers() {
        return closed ? FilterAction.CONTINUE : actual.requestTrailers();
    }

    @Override
    public FilterAction responseHeaders(boolean endOfStream) {
        return closed ? FilterAction.CONTINUE : actual.responseHeaders(endOfStream);
    }

    @Override
    public FilterAction responseBody(Body body, boolean endOfStream) {
        return closed ? FilterAction.CONTINUE : actual.responseBody(body, endOfStream);
    }

    @Override
    public FilterAction responseTrailers() {
        return closed ? FilterAction.CONTINUE : actual.responseTrailers();
    }

    @Override
    public boolean readsRequestBody() {
        return actual.readsRequestBody();
    }

    @Override
    public boolean readsResponseBody() {
        return actual.readsResponseBody();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            open.remove(this);
            actual.close();
        }
    }
}
