package dev.sluice.host.stream;

import dev.sluice.abi.LocalResponse;
import dev.sluice.abi.MapType;
import dev.sluice.host.filter.FilterControl;
import dev.sluice.host.filter.StreamView;
import dev.sluice.host.http.Body;
import dev.sluice.host.http.Fields;
import dev.sluice.host.stream.Stage.Hold;
import org.jspecify.annotations.Nullable;

/// One filter's view of its exchange.
///
/// Thread: the exchange's event loop.
final class FilterSlot implements FilterControl {
    private final Exchange exchange;
    private final int index;
    private final Stage request;
    private final Stage response;

    FilterSlot(Exchange exchange, int index, Stage request, Stage response) {
        this.exchange = exchange;
        this.index = index;
        this.request = request;
        this.response = response;
    }

    @Override
    public StreamView stream() {
        return exchange.view();
    }

    @Override
    public @Nullable Fields fields(MapType type) {
        return exchange.fields(type);
    }

    @Override
    public boolean isWritable(MapType type) {
        return exchange.isWritable(type);
    }

    @Override
    public @Nullable Fields createTrailers(MapType type) {
        return exchange.fields(type);
    }

    @Override
    public @Nullable Body requestBody() {
        return visible(request);
    }

    @Override
    public @Nullable Body responseBody() {
        return visible(response);
    }

    @Override
    public void resumeRequest() {
        exchange.resumeRequest(index);
    }

    @Override
    public void retryRequest() {
        exchange.retryRequest(index);
    }

    @Override
    public void resumeResponse() {
        exchange.resumeResponse(index);
    }

    @Override
    public void reply(LocalResponse answer) {
        exchange.reply(index, answer);
    }

    @Override
    public void fail(String details) {
        exchange.replyOwn(index, 503, details);
    }

    @Override
    public void reset(String details) {
        exchange.reset(details);
    }

    private static @Nullable Body visible(Stage stage) {
        return stage.inBody || stage.hold == Hold.BODY ? stage.body : null;
    }
}
