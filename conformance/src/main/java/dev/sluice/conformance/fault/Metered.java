package dev.sluice.conformance.fault;

import dev.sluice.abi.FilterAction;
import dev.sluice.host.filter.FilterControl;
import dev.sluice.host.filter.FilterSource;
import dev.sluice.host.filter.HttpFilter;
import dev.sluice.host.http.Body;
import dev.sluice.host.stats.LoopCounters;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/// A plugin in a chain, and what each loop pays for it.
///
/// Thread: any event loop, concurrently.
record Metered(FilterSource plugin, ConcurrentMap<Thread, Toll> tolls) implements FilterSource {
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
        var part =
                new Part(metered(() -> plugin.open(control)), control.stream().loop().counters());
        toll().entered(part);
        return part;
    }

    private Toll toll() {
        return tolls.computeIfAbsent(Thread.currentThread(), _ -> new Toll());
    }

    private <T> T metered(Supplier<T> call) {
        long begun = THREADS.getCurrentThreadCpuTime();
        try {
            return call.get();
        } finally {
            toll().spent(THREADS.getCurrentThreadCpuTime() - begun);
        }
    }

    private final class Part implements HttpFilter {
        private final HttpFilter filter;
        private final LoopCounters counters;

        Part(HttpFilter filter, LoopCounters counters) {
            this.filter = filter;
            this.counters = counters;
        }

        @Override
        public FilterAction requestHeaders(boolean endOfStream) {
            long before = counters.pluginFailures;
            FilterAction action = metered(() -> filter.requestHeaders(endOfStream));
            if (counters.pluginFailures > before) {
                toll().lost();
            }
            return action;
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
            toll().left(this);
            metered(() -> {
                filter.close();
                return filter;
            });
        }
    }
}
