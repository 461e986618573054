package dev.sluice.host;

import dev.sluice.abi.FilterAction;
import dev.sluice.abi.MapType;
import dev.sluice.host.filter.FilterControl;
import dev.sluice.host.filter.FilterSource;
import dev.sluice.host.filter.HttpFilter;
import dev.sluice.host.http.Body;
import dev.sluice.host.http.Fields;
import dev.sluice.host.route.CurrentGeneration;
import dev.sluice.host.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The mistake that the swap test must catch: the response passes the plugin of the generation that
/// is current by then, not of the one the request began in.
record RereadingSource(FilterSource actual, CurrentGeneration current) implements FilterSource {
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

    private final class Filter implements HttpFilter {
        private final FilterControl control;
        private final HttpFilter request;
        private final List<HttpFilter> opened = new ArrayList<>();

        Filter(FilterControl control, HttpFilter request) {
            this.control = control;
            this.request = request;
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
            Fields fields = Objects.requireNonNull(control.fields(MapType.HTTP_REQUEST_HEADERS));
            Route again = current.get().routes().find(fields);
            for (FilterSource source : again.chain().sources()) {
                if (source instanceof RereadingSource(FilterSource inner, CurrentGeneration _)) {
                    HttpFilter newest = inner.open(control);
                    opened.add(newest);
                    return newest.responseHeaders(endOfStream);
                }
            }
            return FilterAction.CONTINUE;
        }

        @Override
        public FilterAction responseBody(Body body, boolean endOfStream) {
            return FilterAction.CONTINUE;
        }

        @Override
        public FilterAction responseTrailers() {
            return FilterAction.CONTINUE;
        }

        @Override
        public boolean readsRequestBody() {
            return request.readsRequestBody();
        }

        @Override
        public boolean readsResponseBody() {
            return false;
        }

        @Override
        public void close() {
            opened.forEach(HttpFilter::close);
        }
    }
}
