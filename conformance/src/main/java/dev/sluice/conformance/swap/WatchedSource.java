package dev.sluice.conformance.swap;

import dev.sluice.host.filter.FilterControl;
import dev.sluice.host.filter.FilterSource;
import dev.sluice.host.filter.HttpFilter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// A place in a chain that knows which filters are open in it.
///
/// @param actual what it stands for
/// @param onOpen told of this before a filter is opened in it, on the exchange's event loop
/// @param open its open filters
record WatchedSource(FilterSource actual, Consumer<WatchedSource> onOpen, Set<WatchedFilter> open)
        implements FilterSource {
    WatchedSource(FilterSource actual, Consumer<WatchedSource> onOpen) {
        this(actual, onOpen, ConcurrentHashMap.newKeySet());
    }

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
        onOpen.accept(this);
        return new WatchedFilter(control, actual.open(control), open);
    }
}
