package dev.sluice.host.stream;

import dev.sluice.abi.FilterAction;
import dev.sluice.host.http.Body;
import dev.sluice.host.http.Fields;
import dev.sluice.host.http.Names;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The response's way: from the upstream through the filters, the last one first, to the client.
///
/// Thread: the exchange's event loop.
final class ResponseWay implements HalfStream.Direction {
    private final Exchange exchange;
    private final ExchangeView view;
    private final Downstream downstream;
    private final FilterStack filters;
    private final RequestWay request;

    /// The client's method decides whether it reads a body, whatever plugins make of it.
    private final boolean headRequest;

    private long length = -1;
    private boolean sent;

    @Nullable Fields headers;
    @Nullable Fields trailers;

    ResponseWay(
            Exchange exchange,
            ExchangeView view,
            Downstream downstream,
            FilterStack filters,
            RequestWay request) {
        this.exchange = exchange;
        this.view = view;
        this.downstream = downstream;
        this.filters = filters;
        this.request = request;
        headRequest = request.fields().method().equals("HEAD");
    }

    /// Whether its head has left for the client.
    boolean isSent() {
        return sent;
    }

    @Override
    public Fields fields() {
        Fields fields = headers;
        if (fields == null) {
            throw new IllegalStateException("no response yet");
        }
        return fields;
    }

    @Override
    public FilterAction headers(int index, boolean endOfStream) {
        return filters.get(index).responseHeaders(endOfStream);
    }

    @Override
    public FilterAction body(int index, Body body, boolean endOfStream) {
        return filters.get(index).responseBody(body, endOfStream);
    }

    @Override
    public FilterAction trailers(int index, Fields ofMessage) {
        return filters.get(index).responseTrailers();
    }

    @Override
    public void sinkHeaders(boolean endOfStream) {
        sent = true;
        Fields fields = fields();
        int status = fields.status();
        boolean bodyless = headRequest || status == 204 || status == 304;
        String declared = fields.get(Names.CONTENT_LENGTH);
        length = declared == null ? -1 : Long.parseLong(declared);
        if (endOfStream && !bodyless) {
            length = 0;
        }
        boolean last = endOfStream || bodyless;
        downstream.writeHead(fields, length, last);
        exchange.downstreamWritable(downstream.isWritable());
        if (last) {
            exchange.finish(status);
        }
    }

    @Override
    public void sinkData(ByteBuf data) {
        if (!data.isReadable()) {
            data.release();
            return;
        }
        view.responseBytes += data.readableBytes();
        if (length >= 0 && view.responseBytes > length) {
            data.release();
            exchange.reset("response_length_mismatch");
            return;
        }
        downstream.writeData(data);
    }

    @Override
    public void sinkEnd(@Nullable Fields last) {
        if (length >= 0 && view.responseBytes != length) {
            exchange.abort("response_length_mismatch");
            return;
        }
        downstream.writeEnd(last);
        exchange.finish(fields().status());
    }

    @Override
    public void pauseSource(boolean stop) {
        request.pauseUpstream(stop);
    }

    @Override
    public void overflow(int index) {
        exchange.replyOwn(index, 500, "response_body_too_large");
    }

    @Override
    public void overBudget(int index) {
        view.loop().heldBytes().refused();
        exchange.replyOwn(index, 503, "too_many_bytes_held");
    }

    /// Upstreams send it unasked.
    @Override
    public void bodyWanted() {}

    @Override
    public boolean isVoid() {
        return exchange.settle();
    }

    @Override
    public void flush() {
        downstream.flush();
    }

    /// Forgets what an upstream began to answer: `head` and its body take its place.
    void restart(Fields head) {
        headers = head;
        trailers = null;
        for (Stage stage : filters.responseStages()) {
            stage.restart();
        }
    }
}
