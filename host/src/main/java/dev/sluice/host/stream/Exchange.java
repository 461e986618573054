package dev.sluice.host.stream;

import dev.sluice.abi.LocalResponse;
import dev.sluice.abi.MapType;
import dev.sluice.host.filter.StreamView;
import dev.sluice.host.http.Fields;
import dev.sluice.host.loop.Loop;
import dev.sluice.host.route.Generation;
import dev.sluice.host.route.Route;
import dev.sluice.host.stats.LoopCounters;
import dev.sluice.host.upstream.UpstreamFailure;
import dev.sluice.host.upstream.UpstreamListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// One request and its response: takes the current generation once, and uses what it took to the
/// last byte and log line.
///
/// Thread: the connection's event loop.
///
/// Implementation notes. Re-entry: a filter's callback may ask for a reply or a reset of its own
/// exchange. That is noted and carried out by [#settle], which every step of a half-stream asks
/// after a callback, so that no filter is closed inside its own call. End: an exchange ends exactly
/// once, in [#finish], when the response has left whole, or cannot.
public final class Exchange implements UpstreamListener {
    private final ExchangeContext context;
    private final LoopCounters counters;
    private final Downstream downstream;
    private final ExchangeView view;
    private final FilterStack filters;
    private final TimeLimit time;
    private final RequestWay requestWay;
    private final ResponseWay responseWay;
    private final HalfStream request;
    private final HalfStream response;
    private @Nullable Reply pending;
    private @Nullable String pendingReset;
    private boolean finished;

    /// A reply that waits for the callback that asked for it to return.
    private record Reply(int index, LocalResponse response) {}

    /// Begins an exchange with a checked request head.
    ///
    /// @param awaitsContinue whether the client sends the body only when it is told to
    public Exchange(
            ExchangeContext context,
            Loop loop,
            Downstream downstream,
            Fields requestHeaders,
            boolean awaitsContinue) {
        this.context = context;
        this.downstream = downstream;
        counters = loop.counters();
        long now = context.clock().unixNanos();
        Generation generation = context.generations().get();
        RequestIds.apply(requestHeaders);
        Route route = generation.routes().find(requestHeaders);
        view = new ExchangeView(loop, downstream, generation, route, now);
        filters = new FilterStack(route.chain().sources().size());
        time = new TimeLimit(downstream, route.timeout());
        var head = new RequestWay.Head(requestHeaders, awaitsContinue);
        requestWay = new RequestWay(this, view, downstream, filters, time, head);
        responseWay = new ResponseWay(this, view, downstream, filters, requestWay);
        request = new HalfStream(requestWay, filters.requestStages(), 1);
        response = new HalfStream(responseWay, filters.responseStages(), -1);
        counters.requests++;
        counters.requestsActive++;
        filters.open(route.chain().sources(), this, downstream);
    }

    /// Lets the request head pass the filters.
    public void start(boolean endOfStream) {
        if (endOfStream) {
            requestWay.received();
        }
        request.headers(0, endOfStream);
        settle();
        requestWay.flush();
    }

    /// Takes request bytes; the buffer is transferred.
    public void requestData(ByteBuf data, boolean endOfStream) {
        view.requestBytes += data.readableBytes();
        if (endOfStream) {
            requestWay.received();
        }
        if (request.isOver() || finished) {
            data.release();
            return;
        }
        request.data(0, data, endOfStream);
        settle();
    }

    /// Takes the request's trailers.
    public void requestTrailers(Fields trailers) {
        requestWay.received();
        if (!request.isOver() && !finished) {
            requestWay.trailers = trailers;
            request.trailers(0, trailers);
            settle();
        }
    }

    /// What was read in one go has been taken: sends what it became.
    public void requestReadComplete() {
        requestWay.flush();
    }

    /// The client takes more bytes, or does not.
    public void downstreamWritable(boolean writable) {
        if (responseWay.isSent() && response.sinkIsFull(!writable) && requestWay.isReceived()) {
            time.clientTakes(writable);
        }
    }

    /// The client has gone.
    public void downstreamGone() {
        if (!finished) {
            view.details = view.details.isEmpty() ? "downstream_disconnect" : view.details;
            finish(0);
        }
    }

    /// The request body cannot be had.
    ///
    /// @param why for the access log
    public void requestBroken(int status, String why) {
        replyOwn(filters.last(), status, why);
        settle();
    }

    /// The route's time is up.
    public void timedOut() {
        if (!finished) {
            replyOwn(filters.last(), 504, "route_timeout");
            settle();
        }
    }

    /// Whether the whole request has been read.
    public boolean isRequestReceived() {
        return requestWay.isReceived();
    }

    // Upstream

    @Override
    public void onConnected(InetSocketAddress endpoint) {
        view.upstreamAddress = endpoint;
        request.sinkIsFull(false);
    }

    @Override
    public void onResponseHead(Fields head, long contentLength, boolean endOfStream) {
        responseWay.headers = head;
        view.details = "via_upstream";
        if (endOfStream) {
            requestWay.upstreamEnded();
        }
        response.headers(filters.last(), endOfStream);
        settle();
    }

    @Override
    public void onResponseData(ByteBuf data) {
        if (response.isOver() || finished) {
            data.release();
            return;
        }
        response.data(filters.last(), data, false);
        settle();
    }

    @Override
    public void onResponseEnd(@Nullable Fields trailers) {
        requestWay.upstreamEnded();
        if (response.isOver() || finished) {
            return;
        }
        if (trailers == null) {
            response.data(filters.last(), Unpooled.EMPTY_BUFFER, true);
        } else {
            responseWay.trailers = trailers;
            response.trailers(filters.last(), trailers);
        }
        settle();
        downstream.flush();
    }

    @Override
    public void onReadComplete() {
        downstream.flush();
    }

    @Override
    public void onWritable(boolean writable) {
        request.sinkIsFull(!writable);
    }

    @Override
    public void onFailure(UpstreamFailure failure) {
        requestWay.upstreamEnded();
        if (finished) {
            return;
        }
        int status = failure == UpstreamFailure.CONNECT ? 503 : 502;
        replyOwn(filters.last(), status, failure.details());
        settle();
    }

    // What filters ask for

    void resumeRequest(int index) {
        if (!finished) {
            request.resume(index);
            settle();
        }
    }

    void retryRequest(int index) {
        if (!finished) {
            filters.look(index);
            request.again(index);
            settle();
        }
    }

    void resumeResponse(int index) {
        if (!finished) {
            response.resume(index);
            settle();
        }
    }

    void reply(int index, LocalResponse answer) {
        if (finished || pending != null) {
            return;
        }
        if (responseWay.isSent()) {
            reset(answer.details());
            return;
        }
        pending = new Reply(index, answer);
        if (!filters.isCalling()) {
            settle();
        }
    }

    /// Answers with an error of the gateway's own, or resets when a response is under way.
    void replyOwn(int index, int status, String why) {
        if (responseWay.isSent()) {
            reset(why);
        } else {
            reply(index, LocalAnswer.error(status, why));
        }
    }

    void reset(String why) {
        if (!finished) {
            pendingReset = why;
            if (!filters.isCalling()) {
                settle();
            }
        }
    }

    /// Carries out a reply or reset that was asked for meanwhile.
    ///
    /// @return whether the caller's message is void now
    boolean settle() {
        if (finished) {
            return true;
        }
        if ((pending == null && pendingReset == null) || filters.isCalling()) {
            return false;
        }
        if (pendingReset != null) {
            abort(pendingReset);
            return true;
        }
        Reply due = pending;
        pending = null;
        if (due != null) {
            answer(due);
        }
        return true;
    }

    private void answer(Reply due) {
        LocalResponse local = due.response();
        if (responseWay.isSent()) {
            abort(local.details());
            return;
        }
        boolean replaces = responseWay.headers != null;
        request.abandon();
        requestWay.cancel();
        view.details = local.details().isEmpty() ? "plugin_response" : local.details();
        responseWay.restart(LocalAnswer.head(local, view.loop().date()));
        int from = replaces ? -1 : due.index();
        boolean empty = local.body().length == 0;
        response.headers(from, empty);
        if (!empty && !settle()) {
            response.data(from, Unpooled.wrappedBuffer(local.body()), true);
        }
        settle();
        downstream.flush();
        if (!finished && !replaces) {
            time.answering();
        }
    }

    // Its end

    void abort(String why) {
        view.details = why;
        downstream.abort();
        finish(0);
    }

    void finish(int status) {
        if (finished) {
            return;
        }
        finished = true;
        request.abandon();
        response.abandon();
        requestWay.cancel();
        time.over();
        counters.requestsActive--;
        if (status > 0) {
            counters.response(status);
        } else {
            counters.requestsReset++;
        }
        filters.close();
        context.log(view, requestWay.fields(), status);
        downstream.completed(requestWay.isReceived());
    }

    boolean isFinished() {
        return finished;
    }

    void flushResponse() {
        if (responseWay.isSent()) {
            downstream.flush();
        }
    }

    // What filters may know

    StreamView view() {
        return view;
    }

    @Nullable Fields fields(MapType type) {
        return switch (type) {
            case HTTP_REQUEST_HEADERS -> requestWay.fields();
            case HTTP_REQUEST_TRAILERS -> requestWay.trailers;
            case HTTP_RESPONSE_HEADERS -> responseWay.headers;
            case HTTP_RESPONSE_TRAILERS -> responseWay.trailers;
            default -> null;
        };
    }

    boolean isWritable(MapType type) {
        return switch (type) {
            case HTTP_REQUEST_HEADERS -> !requestWay.isSent() && !finished;
            case HTTP_REQUEST_TRAILERS -> !request.isOver();
            case HTTP_RESPONSE_HEADERS -> !responseWay.isSent() && !finished;
            case HTTP_RESPONSE_TRAILERS -> !response.isOver();
            default -> false;
        };
    }
}
