package dev.sluice.abi.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sluice.abi.BufferType;
import dev.sluice.abi.ByteSink;
import dev.sluice.abi.LocalResponse;
import dev.sluice.abi.MapType;
import dev.sluice.abi.ProxyStatus;
import dev.sluice.abi.spi.BodyBuffer;
import dev.sluice.abi.spi.HeaderMap;
import dev.sluice.abi.spi.HttpStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An exchange whose parts are all there, and which notes what is done to it.
public final class FakeStream implements HttpStream {
    public final Map<MapType, FakeHeaders> maps = new EnumMap<>(MapType.class);
    public final Map<BufferType, FakeBody> bodies = new EnumMap<>(BufferType.class);
    public final Map<String, String> properties = new HashMap<>();
    public final List<String> effects = new ArrayList<>();
    public final List<LocalResponse> replies = new ArrayList<>();
    public Runnable onResume = () -> {};

    /// An exchange with alternating names and values as its request headers.
    public FakeStream(String... requestHeaders) {
        maps.put(MapType.HTTP_REQUEST_HEADERS, FakeHeaders.of(requestHeaders));
    }

    public FakeHeaders request() {
        return maps.get(MapType.HTTP_REQUEST_HEADERS);
    }

    public FakeHeaders response() {
        return maps.get(MapType.HTTP_RESPONSE_HEADERS);
    }

    @Override
    public HeaderMap readable(MapType type) {
        return maps.get(type);
    }

    @Override
    public HeaderMap writable(MapType type) {
        return maps.get(type);
    }

    @Override
    public BodyBuffer body(BufferType type) {
        return bodies.get(type);
    }

    @Override
    public ProxyStatus property(byte[] source, int pathOffset, int pathLength, ByteSink out) {
        String value = properties.get(text(source, pathOffset, pathLength));
        if (value == null) {
            return ProxyStatus.NOT_FOUND;
        }
        out.putLatin1(value);
        return ProxyStatus.OK;
    }

    @Override
    public ProxyStatus setProperty(
            byte[] source, int pathOffset, int pathLength, int valueOffset, int valueLength) {
        properties.put(
                text(source, pathOffset, pathLength), text(source, valueOffset, valueLength));
        return ProxyStatus.OK;
    }

    @Override
    public void resumeRequest() {
        effects.add("resume request");
        onResume.run();
    }

    @Override
    public void resumeResponse() {
        effects.add("resume response");
    }

    @Override
    public void reset() {
        effects.add("reset");
    }

    @Override
    public void sendLocalResponse(LocalResponse response) {
        effects.add("reply " + response.status());
        replies.add(response);
    }

    private static String text(byte[] source, int offset, int length) {
        return new String(source, offset, length, ISO_8859_1);
    }
}
