package dev.sluice.conformance.fault;

import dev.sluice.abi.FilterAction;
import dev.sluice.host.filter.FilterControl;
import dev.sluice.host.filter.FilterSource;
import dev.sluice.host.filter.HttpFilter;
import dev.sluice.host.http.Body;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// A plugin in a chain, and the CPU time that each loop spends in it.
///
/// Thread: any event loop, concurrently.
record Metered(FilterSource plugin, ConcurrentMap<Thread, LongAdder> nanos)
        implements FilterSource {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public int bodyLimit() {
        return plugin.bodyLimit();
    }

    @Override
    public HttpFilter open(FilterControl control) {
        return new Part(metered(() -> plugin.open(control)));
    }

    private <T> T metered(Supplier<T> call) {
        long begun = THREADS.getCurrentThreadCpuTime();
        try {
            return call.get();
        } finally {
            nanos.computeIfAbsent(Thread.currentThread(), _ -> new LongAdder())
                    .add(THREADS.getCurrentThreadCpuTime() - begun);
        }
    }

    private final class Part implements HttpFilter {
        private final HttpFilter filter;

        Part(HttpFilter filter) {
            this.filter = filter;
        }

        @Override
        public FilterAction requestHeaders(boolean endOfStream) {
            return metered(() -> filter.requestHeaders(endOfStream));
        }

        @Override
        public FilterAction requestBody(Body body, boolean endOfStream) {
            return metered(() -> filter.requestBody(body, endOfStream));
        }

        @Override
        public FilterAction requestTrailers() {
            return metered(filter::requestTrailers);
        }

        @Override
        public FilterAction responseHeaders(boolean endOfStream) {
            return metered(() -> filter.responseHeaders(endOfStream));
        }

        @Override
        public FilterAction responseBody(Body body, boolean endOfStream) {
            return metered(() -> filter.responseBody(body, endOfStream));
        }

        @Override
        public FilterAction responseTrailers() {
            return metered(filter::responseTrailers);
        }

        @Override
        public boolean readsRequestBody() {
            return filter.readsRequestBody();
        }

        @Override
        public boolean readsResponseBody() {
            return filter.readsResponseBody();
        }

        @Override
        public void close() {
            metered(() -> {
                filter.close();
                return filter;
            });
        }
    }
}
