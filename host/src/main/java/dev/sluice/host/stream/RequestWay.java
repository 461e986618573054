package dev.sluice.host.stream;

import dev.sluice.abi.FilterAction;
import dev.sluice.host.http.Body;
import dev.sluice.host.http.Fields;
import dev.sluice.host.http.HeadWriter;
import dev.sluice.host.http.Names;
import dev.sluice.host.route.Route;
import dev.sluice.host.upstream.Cluster;
import dev.sluice.host.upstream.UpstreamStream;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The request's way: from the client through the filters to the upstream.
///
/// Thread: the exchange's event loop.
final class RequestWay implements HalfStream.Direction {
    private final Exchange exchange;
    private final ExchangeView view;
    private final Downstream downstream;
    private final FilterStack filters;
    private final TimeLimit time;
    private final Fields headers;
    private boolean awaitsContinue;
    private boolean received;
    private boolean sent;
    private @Nullable UpstreamStream upstream;

    @Nullable Fields trailers;

    RequestWay(
            Exchange exchange,
            ExchangeView view,
            Downstream downstream,
            FilterStack filters,
            TimeLimit time,
            Head head) {
        this.exchange = exchange;
        this.view = view;
        this.downstream = downstream;
        this.filters = filters;
        this.time = time;
        headers = head.fields();
        awaitsContinue = head.awaitsContinue();
    }

    /// A checked request head.
    ///
    /// @param awaitsContinue whether the client sends the body only when it is told to
    record Head(Fields fields, boolean awaitsContinue) {}

    /// The request is whole: from now on its answer has limited time.
    void received() {
        received = true;
        if (!exchange.isFinished()) {
            time.requestWhole(sent);
        }
    }

    /// Whether all of it has arrived.
    boolean isReceived() {
        return received;
    }

    /// Whether its head has left the filters.
    boolean isSent() {
        return sent;
    }

    @Override
    public Fields fields() {
        return headers;
    }

    @Override
    public FilterAction headers(int index, boolean endOfStream) {
        return filters.get(index).requestHeaders(endOfStream);
    }

    @Override
    public FilterAction body(int index, Body body, boolean endOfStream) {
        return filters.get(index).requestBody(body, endOfStream);
    }

    @Override
    public FilterAction trailers(int index, Fields ofMessage) {
        return filters.get(index).requestTrailers();
    }

    @Override
    public void sinkHeaders(boolean endOfStream) {
        sent = true;
        if (received) {
            time.requestSent();
        }
        switch (view.route().action()) {
            case Route.Action.Forward(Cluster cluster) -> forward(cluster, endOfStream);
            case Route.Action.Respond respond ->
                    exchange.reply(filters.last(), LocalAnswer.of(respond));
        }
    }

    private void forward(Cluster cluster, boolean endOfStream) {
        if (!endOfStream) {
            bodyWanted();
        }
        ForwardedHeaders.apply(headers, view);
        UpstreamStream opened = cluster.open(view.loop(), exchange);
        upstream = opened;
        String declared = headers.get(Names.CONTENT_LENGTH);
        long length = declared == null ? HeadWriter.CHUNKED : Long.parseLong(declared);
        opened.request(headers, length, endOfStream);
        if (!endOfStream && upstream != null && !opened.isWritable()) {
            exchange.onWritable(false);
        }
    }

    @Override
    public void bodyWanted() {
        if (awaitsContinue) {
            awaitsContinue = false;
            downstream.writeContinue();
        }
    }

    @Override
    public void sinkData(ByteBuf data) {
        if (upstream == null) {
            data.release();
        } else {
            upstream.data(data);
        }
    }

    @Override
    public void sinkEnd(@Nullable Fields last) {
        if (upstream != null) {
            upstream.end(last);
            upstream.flush();
        }
    }

    @Override
    public void pauseSource(boolean stop) {
        downstream.pause(stop);
    }

    @Override
    public void overflow(int index) {
        exchange.replyOwn(index, 413, "request_body_too_large");
    }

    @Override
    public void overBudget(int index) {
        view.loop().heldBytes().refused();
        exchange.replyOwn(index, 503, "too_many_bytes_held");
    }

    @Override
    public boolean isVoid() {
        return exchange.settle();
    }

    @Override
    public void flush() {
        if (upstream != null) {
            upstream.flush();
        }
        exchange.flushResponse();
    }

    /// Stops reading the response, or goes on.
    void pauseUpstream(boolean stop) {
        if (upstream != null) {
            upstream.pause(stop);
        }
    }

    /// The upstream has said its last.
    void upstreamEnded() {
        upstream = null;
    }

    /// Gives the upstream up.
    void cancel() {
        UpstreamStream mine = upstream;
        upstream = null;
        if (mine != null) {
            mine.cancel();
        }
    }
}
