package dev.sluice.host.plugin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.abi.BufferType;
import dev.sluice.abi.ByteSink;
import dev.sluice.abi.FilterAction;
import dev.sluice.abi.LocalResponse;
import dev.sluice.abi.MapType;
import dev.sluice.abi.ProxyStatus;
import dev.sluice.abi.context.PluginContext;
import dev.sluice.abi.context.StreamContext;
import dev.sluice.abi.spi.BodyBuffer;
import dev.sluice.abi.spi.HeaderMap;
import dev.sluice.abi.spi.HttpStream;
import dev.sluice.host.http.Body;
import dev.sluice.host.http.Fields;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/// An exchange between nobody and nobody, in the fields and bodies of real ones.
///
/// Thread: one.
final class SyntheticStream implements HttpStream {
    private static final byte[] BODY = "{\"name\": \"value\"}\n".repeat(32).getBytes(US_ASCII);
    private static final AsciiString HOST = AsciiString.cached("example.com");
    private static final AsciiString[] REQUEST = {
        AsciiString.cached("user-agent"),
        AsciiString.cached("accept"),
        AsciiString.cached("accept-encoding"),
        AsciiString.cached("accept-language"),
        AsciiString.cached("cookie"),
        AsciiString.cached("x-request-id")
    };
    private static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
    private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");

    private final Fields request = Fields.request();
    private final Fields response = Fields.response();
    private @Nullable Body requestBody;
    private @Nullable Body responseBody;
    private boolean answering;

    private SyntheticStream(boolean body) {
        request.authority(HOST.toString());
        request.path("/some/path?and=query");
        request.method(body ? "POST" : "GET");
        for (AsciiString name : REQUEST) {
            request.add(name, "a value of usual length");
        }
        if (body) {
            describe(request);
        }
        describe(response);
    }

    private static void describe(Fields fields) {
        fields.add(CONTENT_TYPE, "application/json");
        fields.add(CONTENT_LENGTH, Integer.toString(BODY.length));
    }

    /// Leads one through `plugin`, from its head to its end, whatever is answered.
    ///
    /// @param body whether the request has one; the response always does
    static void pass(PluginContext plugin, boolean body) {
        var stream = new SyntheticStream(body);
        StreamContext context = plugin.openStream(stream);
        try {
            stream.pass(context, body);
        } finally {
            context.close();
        }
    }

    private void pass(StreamContext context, boolean body) {
        if (context.onRequestHeaders(request.size(), !body) == FilterAction.FAILED) {
            return;
        }
        if (body) {
            Body held = body();
            requestBody = held;
            FilterAction action = context.onRequestBody(held.length(), true);
            requestBody = null;
            held.close();
            if (action == FilterAction.FAILED) {
                return;
            }
        }
        answering = true;
        if (context.onResponseHeaders(response.size(), false) == FilterAction.FAILED) {
            return;
        }
        Body held = body();
        responseBody = held;
        context.onResponseBody(held.length(), true);
        responseBody = null;
        held.close();
    }

    private static Body body() {
        var held = new Body(UnpooledByteBufAllocator.DEFAULT);
        held.append(Unpooled.copiedBuffer(BODY));
        return held;
    }

    @Override
    public @Nullable HeaderMap readable(MapType type) {
        return switch (type) {
            case HTTP_REQUEST_HEADERS -> request;
            case HTTP_RESPONSE_HEADERS -> answering ? response : null;
            default -> null;
        };
    }

    @Override
    public @Nullable HeaderMap writable(MapType type) {
        return answering == (type == MapType.HTTP_RESPONSE_HEADERS) ? readable(type) : null;
    }

    @Override
    public @Nullable BodyBuffer body(BufferType type) {
        return switch (type) {
            case HTTP_REQUEST_BODY -> requestBody;
            case HTTP_RESPONSE_BODY -> responseBody;
            default -> null;
        };
    }

    @Override
    public ProxyStatus property(byte[] source, int pathOffset, int pathLength, ByteSink out) {
        return ProxyStatus.NOT_FOUND;
    }

    @Override
    public ProxyStatus setProperty(
            byte[] source, int pathOffset, int pathLength, int valueOffset, int valueLength) {
        return ProxyStatus.OK;
    }

    @Override
    public void resumeRequest() {}

    @Override
    public void resumeResponse() {}

    @Override
    public void reset() {}

    @Override
    public void sendLocalResponse(LocalResponse response) {}
}
