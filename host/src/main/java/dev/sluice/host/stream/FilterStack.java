package dev.sluice.host.stream;

import dev.sluice.host.filter.FilterSource;
import dev.sluice.host.filter.HttpFilter;
import dev.sluice.host.loop.HeldBytes;
import java.util.List;

/// The filters of one exchange in the order requests pass them, and what each holds back.
///
/// Thread: the exchange's event loop.
final class FilterStack {
    private final HttpFilter[] filters;
    private final Stage[] requestStages;
    private final Stage[] responseStages;

    /// Makes room; [#open] fills it.
    FilterStack(int count) {
        filters = new HttpFilter[count];
        requestStages = new Stage[count];
        responseStages = new Stage[count];
    }

    /// Opens the filters; each may see and stop the exchange from now on.
    void open(List<FilterSource> sources, Exchange exchange, Downstream downstream) {
        HeldBytes held = exchange.view().loop().heldBytes();
        for (int i = 0; i < filters.length; i++) {
            FilterSource source = sources.get(i);
            var request = new Stage(downstream.alloc(), source.bodyLimit(), held);
            var response = new Stage(downstream.alloc(), source.bodyLimit(), held);
            requestStages[i] = request;
            responseStages[i] = response;
            filters[i] = source.open(new FilterSlot(exchange, i, request, response));
            look(i);
        }
    }

    /// Asks a filter what it wants to see.
    void look(int index) {
        HttpFilter filter = filters[index];
        requestStages[index].readsBody = filter.readsRequestBody();
        responseStages[index].readsBody = filter.readsResponseBody();
    }

    HttpFilter get(int index) {
        return filters[index];
    }

    /// Where a response enters; -1 when there are none.
    int last() {
        return filters.length - 1;
    }

    Stage[] requestStages() {
        return requestStages;
    }

    Stage[] responseStages() {
        return responseStages;
    }

    /// Whether a filter's callback is running.
    boolean isCalling() {
        for (int i = 0; i < filters.length; i++) {
            if (requestStages[i].calling || responseStages[i].calling) {
                return true;
            }
        }
        return false;
    }

    /// Lets each filter log and let go, and drops what they hold.
    void close() {
        for (HttpFilter filter : filters) {
            filter.close();
        }
        for (int i = 0; i < filters.length; i++) {
            requestStages[i].close();
            responseStages[i].close();
        }
    }
}
