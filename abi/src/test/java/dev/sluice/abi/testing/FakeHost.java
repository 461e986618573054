package dev.sluice.abi.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.abi.ByteSink;
import dev.sluice.abi.LogLevel;
import dev.sluice.abi.ProxyStatus;
import dev.sluice.abi.spi.HttpCall;
import dev.sluice.abi.spi.HttpStream;
import dev.sluice.abi.spi.PluginHost;
import dev.sluice.abi.spi.SharedData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A plugin's world that notes everything; it knows the upstream `auth`.
public final class FakeHost implements PluginHost {
    public final List<String> lines = new ArrayList<>();
    public final List<HttpCall> calls = new ArrayList<>();
    public final List<Integer> ticks = new ArrayList<>();
    public final Map<String, String> properties = new HashMap<>();
    public final FakeSharedData sharedData = new FakeSharedData();
    public LogLevel level = LogLevel.TRACE;

    @Override
    public void log(LogLevel level, byte[] source, int offset, int length) {
        lines.add(level + " " + new String(source, offset, length, UTF_8));
    }

    @Override
    public LogLevel logLevel() {
        return level;
    }

    @Override
    public boolean hasUpstream(HttpStream origin, String name) {
        return name.equals("auth");
    }

    @Override
    public void dispatch(HttpCall call) {
        calls.add(call);
    }

    @Override
    public void tickPeriod(int millis) {
        ticks.add(millis);
    }

    @Override
    public ProxyStatus property(byte[] source, int pathOffset, int pathLength, ByteSink out) {
        String value = properties.get(new String(source, pathOffset, pathLength, ISO_8859_1));
        if (value == null) {
            return ProxyStatus.NOT_FOUND;
        }
        out.putLatin1(value);
        return ProxyStatus.OK;
    }

    @Override
    public SharedData sharedData() {
        return sharedData;
    }
}
