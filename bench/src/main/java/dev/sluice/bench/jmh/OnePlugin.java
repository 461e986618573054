package dev.sluice.bench.jmh;

import dev.sluice.abi.ByteSink;
import dev.sluice.abi.LogLevel;
import dev.sluice.abi.ProxyStatus;
import dev.sluice.abi.spi.HttpCall;
import dev.sluice.abi.spi.HttpStream;
import dev.sluice.abi.spi.PluginHost;
import dev.sluice.abi.spi.SharedData;
import dev.sluice.host.shared.SharedStore;
import org.jspecify.annotations.Nullable;

/// The world of a plugin that only looks at its requests.
final class OnePlugin implements PluginHost {
    private final SharedData shared = new SharedStore().hold("bench");

    @Override
    public void log(LogLevel level, byte[] source, int offset, int length) {}

    @Override
    public LogLevel logLevel() {
        return LogLevel.ERROR;
    }

    @Override
    public boolean hasUpstream(@Nullable HttpStream origin, String name) {
        return false;
    }

    @Override
    public void dispatch(HttpCall call) {
        throw new IllegalStateException("a call-out");
    }

    @Override
    public void tickPeriod(int millis) {}

    @Override
    public ProxyStatus property(byte[] source, int pathOffset, int pathLength, ByteSink out) {
        return ProxyStatus.NOT_FOUND;
    }

    @Override
    public SharedData sharedData() {
        return shared;
    }
}
