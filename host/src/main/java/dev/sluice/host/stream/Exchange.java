package dev.sluice.host.stream;

import dev.sluice.abi.FilterAction;
import dev.sluice.abi.LocalResponse;
import dev.sluice.abi.MapType;
import dev.sluice.abi.PairList;
import dev.sluice.host.filter.FilterSource;
import dev.sluice.host.filter.HttpFilter;
import dev.sluice.host.filter.StreamView;
import dev.sluice.host.http.Body;
import dev.sluice.host.http.Fields;
import dev.sluice.host.http.HeadWriter;
import dev.sluice.host.http.Names;
import dev.sluice.host.loop.Loop;
import dev.sluice.host.route.Generation;
import dev.sluice.host.route.Route;
import dev.sluice.host.upstream.Cluster;
import dev.sluice.host.upstream.Clusters;
import dev.sluice.host.upstream.UpstreamFailure;
import dev.sluice.host.upstream.UpstreamListener;
import dev.sluice.host.upstream.UpstreamStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
public final class Exchange implements StreamView, UpstreamListener {
    /// How long plugins may hold a request on a route without a time limit, or an answer of the
    /// gateway's own.
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /// How long a client may take nothing of a response that has no time limit.
    private static final long LONGEST_STALL_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final ExchangeContext context;
    private final Loop loop;
    private final Downstream downstream;
    private final Generation generation;
    private final Route route;
    private final HttpFilter[] filters;
    private final Stage[] requestStages;
    private final Stage[] responseStages;
    private final HalfStream request;
    private final HalfStream response;
    private final Fields requestHeaders;
    private final long startUnixNanos;
    private final long startNanos;
    private final boolean expectsContinue;

    /// The client's method decides whether it reads a body, whatever plugins make of it.
    private final boolean headRequest;

    private @Nullable Fields requestTrailers;
    private @Nullable Fields responseHeaders;
    private @Nullable Fields responseTrailers;
    private @Nullable UpstreamStream upstream;
    private @Nullable InetSocketAddress upstreamAddress;
    private @Nullable Map<String, byte[]> properties;
    private @Nullable Reply pending;
    private @Nullable String pendingReset;
    private String details = "";
    private long responseLength = -1;
    private long requestBytes;
    private long responseBytes;
    private boolean requestReceived;
    private boolean requestSent;
    private boolean responseStarted;
    private boolean responseSent;
    private boolean upstreamPaused;
    private boolean downstreamPaused;
    private boolean finished;

    /// A reply that waits for the callback that asked for it to return.
    private record Reply(int index, LocalResponse response) {}

    /// Begins an exchange with a checked request head.
    public Exchange(
            ExchangeContext context,
            Loop loop,
            Downstream downstream,
            Fields requestHeaders,
            boolean expectsContinue) {
        this.context = context;
        this.loop = loop;
        this.downstream = downstream;
        this.requestHeaders = requestHeaders;
        this.expectsContinue = expectsContinue;
        headRequest = requestHeaders.method().equals("HEAD");
        startUnixNanos = context.clock().unixNanos();
        startNanos = System.nanoTime();
        generation = context.generations().get();
        RequestIds.apply(requestHeaders);
        route = generation.routes().find(requestHeaders);

        List<FilterSource> sources = route.chain().sources();
        int count = sources.size();
        filters = new HttpFilter[count];
        requestStages = new Stage[count];
        responseStages = new Stage[count];
        request = new HalfStream(this, new RequestWay(), requestStages, 1);
        response = new HalfStream(this, new ResponseWay(), responseStages, -1);
        loop.counters().requests++;
        loop.counters().requestsActive++;
        for (int i = 0; i < count; i++) {
            FilterSource source = sources.get(i);
            var requestStage = new Stage(downstream.alloc(), source.bodyLimit());
            var responseStage = new Stage(downstream.alloc(), source.bodyLimit());
            requestStages[i] = requestStage;
            responseStages[i] = responseStage;
            HttpFilter filter = source.open(new FilterSlot(this, i, requestStage, responseStage));
            requestStage.readsBody = filter.readsRequestBody();
            responseStage.readsBody = filter.readsResponseBody();
            filters[i] = filter;
        }
    }

    /// Lets the request head pass the filters.
    public void start(boolean endOfStream) {
        if (endOfStream) {
            received();
        }
        request.headers(0, endOfStream);
        settle();
        flush(request);
    }

    /// Takes request bytes; the buffer is transferred.
    public void requestData(ByteBuf data, boolean endOfStream) {
        requestBytes += data.readableBytes();
        if (endOfStream) {
            received();
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
        received();
        if (!request.isOver() && !finished) {
            requestTrailers = trailers;
            request.trailers(0, trailers);
            settle();
        }
    }

    /// The request is whole: from now on its answer has limited time.
    private void received() {
        requestReceived = true;
        if (!finished) {
            long limit = route.timeout().toNanos();
            downstream.timeoutIn(limit == 0 && !requestSent ? pauseNanos() : limit);
        }
    }

    /// What was read in one go has been taken: sends what it became.
    public void requestReadComplete() {
        flush(request);
    }

    /// The client takes more bytes, or does not.
    public void downstreamWritable(boolean writable) {
        if (responseStarted && !finished && writable == downstreamPaused) {
            downstreamPaused = !writable;
            response.pause(!writable);
            if (route.timeout().isZero() && requestReceived) {
                downstream.timeoutIn(writable ? 0 : LONGEST_STALL_NANOS);
            }
        }
    }

    /// The client has gone.
    public void downstreamGone() {
        if (!finished) {
            details = details.isEmpty() ? "downstream_disconnect" : details;
            finish(0);
        }
    }

    /// The request body cannot be had.
    ///
    /// @param why for the access log
    public void requestBroken(int status, String why) {
        replyOwn(filters.length - 1, status, why);
        settle();
    }

    /// The route's time is up.
    public void timedOut() {
        if (!finished) {
            replyOwn(filters.length - 1, 504, "route_timeout");
            settle();
        }
    }

    /// Whether the whole request has been read.
    public boolean isRequestReceived() {
        return requestReceived;
    }

    // Upstream

    @Override
    public void onConnected(InetSocketAddress endpoint) {
        upstreamAddress = endpoint;
        if (upstreamPaused) {
            upstreamPaused = false;
            request.pause(false);
        }
    }

    @Override
    public void onResponseHead(Fields head, long contentLength, boolean endOfStream) {
        responseHeaders = head;
        responseLength = contentLength;
        details = "via_upstream";
        if (endOfStream) {
            upstream = null;
        }
        response.headers(filters.length - 1, endOfStream);
        settle();
    }

    @Override
    public void onResponseData(ByteBuf data) {
        if (response.isOver() || finished) {
            data.release();
            return;
        }
        response.data(filters.length - 1, data, false);
        settle();
    }

    @Override
    public void onResponseEnd(@Nullable Fields trailers) {
        upstream = null;
        if (response.isOver() || finished) {
            return;
        }
        if (trailers == null) {
            response.data(filters.length - 1, Unpooled.EMPTY_BUFFER, true);
        } else {
            responseTrailers = trailers;
            response.trailers(filters.length - 1, trailers);
        }
        settle();
        flush(response);
    }

    @Override
    public void onReadComplete() {
        flush(response);
    }

    @Override
    public void onWritable(boolean writable) {
        if (writable == upstreamPaused && !request.isOver()) {
            upstreamPaused = !writable;
            request.pause(!writable);
        }
    }

    @Override
    public void onFailure(UpstreamFailure failure) {
        upstream = null;
        if (finished) {
            return;
        }
        replyOwn(
                filters.length - 1,
                failure == UpstreamFailure.CONNECT ? 503 : 502,
                failure.details());
        settle();
    }

    // What filters ask for

    void resumeRequest(int index) {
        if (!finished) {
            request.resume(index);
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
        if (responseSent) {
            reset(answer.details());
            return;
        }
        pending = new Reply(index, answer);
        if (!isCalling()) {
            settle();
        }
    }

    /// Answers with an error of the gateway's own, or resets when a response is under way.
    void replyOwn(int index, int status, String why) {
        if (responseSent) {
            reset(why);
            return;
        }
        byte[] body =
                (Integer.toString(status) + " " + why.replace('_', ' ') + "\n")
                        .getBytes(StandardCharsets.UTF_8);
        reply(index, new LocalResponse(status, why, PairList.empty(), body, -1));
    }

    void reset(String why) {
        if (!finished) {
            pendingReset = why;
            if (!isCalling()) {
                settle();
            }
        }
    }

    private boolean isCalling() {
        for (int i = 0; i < filters.length; i++) {
            if (requestStages[i].calling || responseStages[i].calling) {
                return true;
            }
        }
        return false;
    }

    /// Carries out a reply or reset that was asked for meanwhile.
    ///
    /// @return whether the caller's message is void now
    boolean settle() {
        if (finished) {
            return true;
        }
        if ((pending == null && pendingReset == null) || isCalling()) {
            return false;
        }
        if (pendingReset != null) {
            details = pendingReset;
            abort();
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
        if (responseSent) {
            details = local.details();
            abort();
            return;
        }
        boolean direct = responseHeaders != null;
        request.abandon();
        cancelUpstream();
        details = local.details().isEmpty() ? "plugin_response" : local.details();
        var fields = Fields.response();
        fields.status(status(local));
        copyHeaders(local.headers(), fields);
        if (!fields.contains(Names.DATE)) {
            fields.add(Names.DATE, loop.date().text());
        }
        byte[] body = local.body();
        fields.remove(Names.CONTENT_LENGTH);
        if (body.length == 0) {
            fields.remove(Names.CONTENT_TYPE);
        } else if (!fields.contains(Names.CONTENT_TYPE)) {
            fields.add(Names.CONTENT_TYPE, "text/plain");
        }
        fields.add(Names.CONTENT_LENGTH, Integer.toString(body.length));
        responseHeaders = fields;
        responseTrailers = null;
        responseLength = body.length;
        clearResponseStages();
        int from = direct ? -1 : due.index();
        boolean empty = body.length == 0;
        response.headers(from, empty);
        if (!empty && !settle()) {
            response.data(from, Unpooled.wrappedBuffer(body), true);
        }
        settle();
        flush(response);
        if (!finished && !direct) {
            downstream.timeoutIn(pauseNanos());
        }
    }

    private long pauseNanos() {
        long limit = route.timeout().toNanos();
        return limit == 0 ? LONGEST_PAUSE_NANOS : Math.min(limit, LONGEST_PAUSE_NANOS);
    }

    /// A guest may say anything; a client would take 1xx for the beginning of an answer.
    private static int status(LocalResponse local) {
        return local.status() >= 200 && local.status() <= 599 ? local.status() : 500;
    }

    private static void copyHeaders(PairList pairs, Fields fields) {
        for (int i = 0; i < pairs.size(); i++) {
            boolean pseudo = pairs.nameLength(i) > 0 && pairs.bytes()[pairs.nameOffset(i)] == ':';
            if (!pseudo) {
                fields.add(
                        pairs.bytes(),
                        pairs.nameOffset(i),
                        pairs.nameLength(i),
                        pairs.valueOffset(i),
                        pairs.valueLength(i));
            }
        }
    }

    private void clearResponseStages() {
        for (Stage stage : responseStages) {
            stage.close();
            stage.hold = Stage.Hold.NOTHING;
            stage.ended = false;
            stage.trailers = null;
        }
    }

    private void abort() {
        downstream.abort();
        finish(0);
    }

    private void cancelUpstream() {
        UpstreamStream mine = upstream;
        upstream = null;
        if (mine != null) {
            mine.cancel();
        }
    }

    void flush(HalfStream half) {
        if (half == request) {
            if (upstream != null) {
                upstream.flush();
            }
            if (responseStarted) {
                downstream.flush();
            }
        } else {
            downstream.flush();
        }
    }

    private void finish(int status) {
        if (finished) {
            return;
        }
        finished = true;
        request.abandon();
        response.abandon();
        cancelUpstream();
        downstream.timeoutIn(0);
        loop.counters().requestsActive--;
        if (status > 0) {
            loop.counters().response(status);
        } else {
            loop.counters().requestsReset++;
        }
        for (HttpFilter filter : filters) {
            filter.close();
        }
        for (int i = 0; i < filters.length; i++) {
            requestStages[i].close();
            responseStages[i].close();
        }
        context.log(this, status);
        downstream.completed(requestReceived);
    }

    // What filters and the access log may know

    @Nullable Fields fields(MapType type) {
        return switch (type) {
            case HTTP_REQUEST_HEADERS -> requestHeaders;
            case HTTP_REQUEST_TRAILERS -> requestTrailers;
            case HTTP_RESPONSE_HEADERS -> responseHeaders;
            case HTTP_RESPONSE_TRAILERS -> responseTrailers;
            default -> null;
        };
    }

    boolean isWritable(MapType type) {
        return switch (type) {
            case HTTP_REQUEST_HEADERS -> !requestSent && !finished;
            case HTTP_REQUEST_TRAILERS -> !request.isOver();
            case HTTP_RESPONSE_HEADERS -> !responseSent && !finished;
            case HTTP_RESPONSE_TRAILERS -> !response.isOver();
            default -> false;
        };
    }

    /// The generation this exchange belongs to.
    public Generation generation() {
        return generation;
    }

    /// The request's headers, as the last filter left them.
    public Fields requestHeaders() {
        return requestHeaders;
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return downstream.remoteAddress();
    }

    @Override
    public InetSocketAddress localAddress() {
        return downstream.localAddress();
    }

    @Override
    public long connectionId() {
        return downstream.connectionId();
    }

    @Override
    public String protocol() {
        return downstream.protocol();
    }

    @Override
    public long startUnixNanos() {
        return startUnixNanos;
    }

    @Override
    public long startNanos() {
        return startNanos;
    }

    @Override
    public long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }

    @Override
    public String routeName() {
        return route.name();
    }

    @Override
    public String upstreamName() {
        return route.action() instanceof Route.Action.Forward(Cluster cluster)
                ? cluster.name()
                : "";
    }

    @Override
    public @Nullable InetSocketAddress upstreamAddress() {
        return upstreamAddress;
    }

    @Override
    public long requestBytes() {
        return requestBytes;
    }

    @Override
    public long responseBytes() {
        return responseBytes;
    }

    @Override
    public String responseDetails() {
        return details;
    }

    @Override
    public Clusters clusters() {
        return generation.clusters();
    }

    @Override
    public Map<String, byte[]> properties() {
        if (properties == null) {
            properties = new HashMap<>();
        }
        return properties;
    }

    /// The request's way: from the client through the filters to the upstream.
    private final class RequestWay implements HalfStream.Direction {
        @Override
        public FilterAction headers(int index, boolean endOfStream) {
            return filters[index].requestHeaders(endOfStream);
        }

        @Override
        public FilterAction body(int index, Body body, boolean endOfStream) {
            return filters[index].requestBody(body, endOfStream);
        }

        @Override
        public FilterAction trailers(int index, Fields trailers) {
            return filters[index].requestTrailers();
        }

        @Override
        public Fields fields() {
            return requestHeaders;
        }

        @Override
        public void sinkHeaders(boolean endOfStream) {
            requestSent = true;
            if (route.timeout().isZero() && requestReceived) {
                downstream.timeoutIn(0);
            }
            switch (route.action()) {
                case Route.Action.Forward(Cluster cluster) -> forward(cluster, endOfStream);
                case Route.Action.Respond respond -> respond(respond);
            }
        }

        private void forward(Cluster cluster, boolean endOfStream) {
            if (expectsContinue && !endOfStream) {
                downstream.writeContinue();
            }
            ForwardedHeaders.apply(requestHeaders, Exchange.this);
            UpstreamStream opened = cluster.open(loop, Exchange.this);
            upstream = opened;
            String declared = requestHeaders.get(Names.CONTENT_LENGTH);
            long length = declared == null ? HeadWriter.CHUNKED : Long.parseLong(declared);
            opened.request(requestHeaders, length, endOfStream);
            if (!endOfStream && upstream != null && !opened.isWritable()) {
                onWritable(false);
            }
        }

        private void respond(Route.Action.Respond respond) {
            reply(
                    filters.length - 1,
                    new LocalResponse(
                            respond.status(),
                            respond.details(),
                            PairLists.one("content-type", respond.contentType()),
                            respond.body(),
                            -1));
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
        public void sinkEnd(@Nullable Fields trailers) {
            if (upstream != null) {
                upstream.end(trailers);
                upstream.flush();
            }
        }

        @Override
        public void pauseSource(boolean stop) {
            downstream.pause(stop);
        }

        @Override
        public void overflow(int index) {
            replyOwn(index, 413, "request_body_too_large");
        }
    }

    /// The response's way: from the upstream through the filters, the last one first, to the
    /// client.
    private final class ResponseWay implements HalfStream.Direction {
        @Override
        public FilterAction headers(int index, boolean endOfStream) {
            return filters[index].responseHeaders(endOfStream);
        }

        @Override
        public FilterAction body(int index, Body body, boolean endOfStream) {
            return filters[index].responseBody(body, endOfStream);
        }

        @Override
        public FilterAction trailers(int index, Fields trailers) {
            return filters[index].responseTrailers();
        }

        @Override
        public Fields fields() {
            Fields fields = responseHeaders;
            if (fields == null) {
                throw new IllegalStateException("no response yet");
            }
            return fields;
        }

        @Override
        public void sinkHeaders(boolean endOfStream) {
            responseSent = true;
            responseStarted = true;
            Fields fields = fields();
            boolean bodyless = headRequest || fields.status() == 204 || fields.status() == 304;
            String declared = fields.get(Names.CONTENT_LENGTH);
            long length = declared == null ? -1 : Long.parseLong(declared);
            if (endOfStream && !bodyless) {
                length = 0;
            }
            responseLength = length;
            boolean last = endOfStream || bodyless;
            downstream.writeHead(fields, length, last);
            downstreamWritable(downstream.isWritable());
            if (last) {
                finish(fields.status());
            }
        }

        @Override
        public void sinkData(ByteBuf data) {
            if (!data.isReadable()) {
                data.release();
                return;
            }
            responseBytes += data.readableBytes();
            if (responseLength >= 0 && responseBytes > responseLength) {
                data.release();
                reset("response_length_mismatch");
                return;
            }
            downstream.writeData(data);
        }

        @Override
        public void sinkEnd(@Nullable Fields trailers) {
            if (responseLength >= 0 && responseBytes != responseLength) {
                details = "response_length_mismatch";
                abort();
                return;
            }
            downstream.writeEnd(trailers);
            finish(fields().status());
        }

        @Override
        public void pauseSource(boolean stop) {
            if (upstream != null) {
                upstream.pause(stop);
            }
        }

        @Override
        public void overflow(int index) {
            replyOwn(index, 500, "response_body_too_large");
        }
    }
}
