package dev.sluice.bench.jmh;

import dev.sluice.abi.BufferType;
import dev.sluice.abi.ByteSink;
import dev.sluice.abi.LocalResponse;
import dev.sluice.abi.MapType;
import dev.sluice.abi.ProxyStatus;
import dev.sluice.abi.spi.BodyBuffer;
import dev.sluice.abi.spi.HeaderMap;
import dev.sluice.abi.spi.HttpStream;
import dev.sluice.host.http.Fields;
import org.jspecify.annotations.Nullable;

/// A request without a body, as a guest sees it; every property has the same value.
final class OneStream implements HttpStream {
    private Fields fields = Requests.browser("/");

    void begin() {
        fields = Requests.browser("/orders/42");
    }

    Fields fields() {
        return fields;
    }

    @Override
    public @Nullable HeaderMap readable(MapType type) {
        return type == MapType.HTTP_REQUEST_HEADERS ? fields : null;
    }

    @Override
    public @Nullable HeaderMap writable(MapType type) {
        return readable(type);
    }

    @Override
    public @Nullable BodyBuffer body(BufferType type) {
        return null;
    }

    @Override
    public ProxyStatus property(byte[] source, int pathOffset, int pathLength, ByteSink out) {
        out.putLatin1("127.0.0.1:54321");
        return ProxyStatus.OK;
    }

    @Override
    public ProxyStatus setProperty(
            byte[] source, int pathOffset, int pathLength, int valueOffset, int valueLength) {
        return ProxyStatus.BAD_ARGUMENT;
    }

    @Override
    public void resumeRequest() {}

    @Override
    public void resumeResponse() {}

    @Override
    public void reset() {
        throw new IllegalStateException("reset by the guest");
    }

    @Override
    public void sendLocalResponse(LocalResponse response) {
        throw new IllegalStateException("answered by the guest: " + response.details());
    }
}
