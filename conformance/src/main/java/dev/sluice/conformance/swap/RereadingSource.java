package dev.sluice.conformance.swap;

import dev.sluice.abi.FilterAction;
import dev.sluice.abi.MapType;
import dev.sluice.host.filter.FilterControl;
import dev.sluice.host.filter.FilterSource;
import dev.sluice.host.filter.HttpFilter;
import dev.sluice.host.http.Body;
import dev.sluice.host.http.Fields;
import dev.sluice.host.route.CurrentGeneration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// A broken place in a chain: the response passes the plugin of the generation that is current by
/// then, not of the one the request began in.
///
/// @param crossed how many responses passed another plugin than their request
record RereadingSource(FilterSource actual, CurrentGeneration current, AtomicInteger crossed)
        implements FilterSource {
    @Override
    public String name() {
        return actual.name();
    }

    @Override
    public int bodyLimit() {
        return actual.bodyLimit();
    }

    @Override
    public HttpFilter open(FilterControl control) {
        return new Filter(control, actual.open(control));
    }

    private RereadingSource again(FilterControl control) {
        Fields fields = Objects.requireNonNull(control.fields(MapType.HTTP_REQUEST_HEADERS));
        return current.get().routes().find(fields).chain().sources().stream()
                .map(RereadingSource.class::cast)
                .filter(each -> each.name().equals(name()))
                .findFirst()
                .orElseThrow();
    }

    private final class Filter implements HttpFilter {
        private final FilterControl control;
        private final HttpFilter request;
        private final List<HttpFilter> opened = new ArrayList<>();
        private HttpFilter response;

        Filter(FilterControl control, HttpFilter request) {
            this.control = control;
            this.request = request;
            response = request;
            opened.add(request);
        }

        @Override
        public FilterAction requestHeaders(boolean endOfStream) {
            return request.requestHeaders(endOfStream);
        }

        @Override
        public FilterAction requestBody(Body body, boolean endOfStream) {
            return request.requestBody(body, endOfStream);
        }

        @Override
        public FilterAction requestTrailers() {
            return request.requestTrailers();
        }

        @Override
        public FilterAction responseHeaders(boolean endOfStream) {
            RereadingSource again = again(control);
            if (!again.equals(RereadingSource.this)) {
                crossed.incrementAndGet();
                response = again.actual.open(control);
                opened.add(response);
            }
            return response.responseHeaders(endOfStream);
        }

        @Override
        public FilterAction responseBody(Body body, boolean endOfStream) {
            return response.responseBody(body, endOfStream);
        }

        @Override
        public FilterAction responseTrailers() {
            return response.responseTrailers();
        }

        @Override
        public boolean readsRequestBody() {
            return request.readsRequestBody();
        }

        @Override
        public boolean readsResponseBody() {
            return request.readsResponseBody();
        }

        @Override
        public void close() {
            opened.forEach(HttpFilter::close);
        }
    }
}
