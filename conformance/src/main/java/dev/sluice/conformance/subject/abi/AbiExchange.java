package dev.sluice.conformance.subject.abi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sluice.abi.BufferType;
import dev.sluice.abi.ByteSink;
import dev.sluice.abi.FilterAction;
import dev.sluice.abi.LocalResponse;
import dev.sluice.abi.MapType;
import dev.sluice.abi.ProxyStatus;
import dev.sluice.abi.context.StreamContext;
import dev.sluice.abi.spi.BodyBuffer;
import dev.sluice.abi.spi.HeaderMap;
import dev.sluice.abi.spi.HttpStream;
import dev.sluice.conformance.subject.Answer;
import dev.sluice.conformance.subject.Arrival;
import dev.sluice.conformance.subject.Exchange;
import dev.sluice.conformance.subject.Field;
import dev.sluice.conformance.subject.Request;
import dev.sluice.conformance.subject.Service;
import dev.sluice.host.http.Fields;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An exchange with one plugin on its way, between a client and an upstream that are this object.
final class AbiExchange implements Exchange, HttpStream {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final AbiSubject subject;
    private final AbiPlugin plugin;
    private final Fields request;
    private final Fields response = Fields.response();
    private final Half requestHalf = new Half(new RequestSide());
    private final Half responseHalf = new Half(new ResponseSide());
    private final ByteArrayOutputStream requestBody = new ByteArrayOutputStream();
    private final ByteArrayOutputStream responseBody = new ByteArrayOutputStream();
    private final StreamContext context;
    private boolean responding;
    private @Nullable Answer answer;

    AbiExchange(AbiSubject subject, AbiPlugin plugin, Request head) {
        this.subject = subject;
        this.plugin = plugin;
        request = FieldLists.request(head);
        context = plugin.context().openStream(this);
        requestHalf.head(!head.bodyFollows());
        plugin.afterEntry();
    }

    @Override
    public void send(String piece, boolean last) {
        requestHalf.data(piece.getBytes(ISO_8859_1), last);
        plugin.afterEntry();
    }

    @Override
    public void trailers(List<Field> fields) {
        requestHalf.trailers(FieldLists.trailers(fields));
        plugin.afterEntry();
    }

    @Override
    public Answer answer() {
        long deadline = System.nanoTime() + LONGEST_NANOS;
        while (answer == null && System.nanoTime() < deadline) {
            subject.advance();
        }
        if (answer == null) {
            throw new AssertionError("no answer within 5 s");
        }
        close();
        return answer;
    }

    @Override
    public boolean isAnswered() {
        return answer != null;
    }

    @Override
    public void close() {
        requestHalf.end();
        responseHalf.end();
        context.close();
        plugin.afterEntry();
    }

    private void answered(Answer given) {
        if (answer == null) {
            answer = given;
            requestHalf.end();
            responseHalf.end();
        }
    }

    private final class RequestSide implements Half.Side {
        @Override
        public FilterAction onHeaders(boolean endOfStream) {
            return context.onRequestHeaders(request.size(), endOfStream);
        }

        @Override
        public FilterAction onBody(int size, boolean endOfStream) {
            return context.onRequestBody(size, endOfStream);
        }

        @Override
        public FilterAction onTrailers() {
            Fields trailers = requestHalf.trailers();
            return context.onRequestTrailers(trailers == null ? 0 : trailers.size());
        }

        @Override
        public void passHead() {}

        @Override
        public void passData(byte[] bytes) {
            requestBody.writeBytes(bytes);
        }

        @Override
        public void passEnd(@Nullable Fields trailers) {
            subject.arrived(
                    new Arrival(
                            request.method(),
                            request.path(),
                            FieldLists.plain(request),
                            requestBody.toString(ISO_8859_1),
                            trailers == null ? List.of() : FieldLists.plain(trailers)));
            respond();
        }

        @Override
        public void fail() {
            answered(new Answer(503, List.of(), ""));
        }
    }

    /// The upstream answers.
    private void respond() {
        responding = true;
        FieldLists.fill(response, Service.ANSWER);
        responseHalf.head(false);
        responseHalf.data(Service.ANSWER.body().getBytes(ISO_8859_1), true);
    }

    private final class ResponseSide implements Half.Side {
        @Override
        public FilterAction onHeaders(boolean endOfStream) {
            return context.onResponseHeaders(response.size(), endOfStream);
        }

        @Override
        public FilterAction onBody(int size, boolean endOfStream) {
            return context.onResponseBody(size, endOfStream);
        }

        @Override
        public FilterAction onTrailers() {
            return context.onResponseTrailers(0);
        }

        @Override
        public void passHead() {}

        @Override
        public void passData(byte[] bytes) {
            responseBody.writeBytes(bytes);
        }

        @Override
        public void passEnd(@Nullable Fields trailers) {
            answered(
                    new Answer(
                            response.status(),
                            FieldLists.plain(response),
                            responseBody.toString(ISO_8859_1)));
        }

        @Override
        public void fail() {
            answered(new Answer(503, List.of(), ""));
        }
    }

    // What the guest sees

    @Override
    public @Nullable HeaderMap readable(MapType type) {
        return switch (type) {
            case HTTP_REQUEST_HEADERS -> request;
            case HTTP_REQUEST_TRAILERS -> requestHalf.trailers();
            case HTTP_RESPONSE_HEADERS -> responding ? response : null;
            default -> null;
        };
    }

    @Override
    public @Nullable HeaderMap writable(MapType type) {
        return switch (type) {
            case HTTP_REQUEST_HEADERS -> requestHalf.headPassed() ? null : request;
            case HTTP_RESPONSE_HEADERS ->
                    responding && !responseHalf.headPassed() ? response : null;
            default -> null;
        };
    }

    @Override
    public @Nullable BodyBuffer body(BufferType type) {
        return switch (type) {
            case HTTP_REQUEST_BODY -> requestHalf.body();
            case HTTP_RESPONSE_BODY -> responseHalf.body();
            default -> null;
        };
    }

    @Override
    public ProxyStatus property(byte[] source, int pathOffset, int pathLength, ByteSink out) {
        String path = new String(source, pathOffset, pathLength, ISO_8859_1);
        switch (path) {
            case "request\0path" -> out.putLatin1(request.path());
            case "request\0time" -> out.putLong(subject.clock().unixNanos());
            case "source\0port" -> out.putLong(AbiSubject.CLIENT_PORT);
            case "connection\0mtls" -> out.putByte(0);
            default -> {
                return ProxyStatus.NOT_FOUND;
            }
        }
        return ProxyStatus.OK;
    }

    @Override
    public ProxyStatus setProperty(
            byte[] source, int pathOffset, int pathLength, int valueOffset, int valueLength) {
        return ProxyStatus.BAD_ARGUMENT;
    }

    @Override
    public void resumeRequest() {
        requestHalf.resume();
    }

    @Override
    public void resumeResponse() {
        responseHalf.resume();
    }

    @Override
    public void reset() {
        answered(new Answer(503, List.of(), ""));
    }

    @Override
    public void sendLocalResponse(LocalResponse reply) {
        Fields fields = Fields.response();
        for (int i = 0; i < reply.headers().size(); i++) {
            fields.add(
                    reply.headers().bytes(),
                    reply.headers().nameOffset(i),
                    reply.headers().nameLength(i),
                    reply.headers().valueOffset(i),
                    reply.headers().valueLength(i));
        }
        answered(
                new Answer(
                        reply.status(),
                        FieldLists.plain(fields),
                        new String(reply.body(), ISO_8859_1)));
    }
}
