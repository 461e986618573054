package dev.sluice.host.plugin;

import dev.sluice.abi.ByteSink;
import dev.sluice.abi.LogLevel;
import dev.sluice.abi.ProxyStatus;
import dev.sluice.abi.spi.HttpCall;
import dev.sluice.abi.spi.HttpStream;
import dev.sluice.abi.spi.PluginHost;
import dev.sluice.abi.spi.SharedData;
import dev.sluice.host.shared.SharedStore;
import org.jspecify.annotations.Nullable;

/// A world in which a plugin may do everything and nothing comes of it: calls are never answered,
/// log lines are dropped, shared data is its own.
///
/// Thread: the VM's.
final class SilentHost implements PluginHost {
    private final SharedData data = new SharedStore().hold("");

    @Override
    public boolean hasUpstream(@Nullable HttpStream origin, String name) {
        return true;
    }

    @Override
    public void dispatch(HttpCall call) {}

    @Override
    public void tickPeriod(int millis) {}

    @Override
    public ProxyStatus property(byte[] source, int pathOffset, int pathLength, ByteSink out) {
        return ProxyStatus.NOT_FOUND;
    }

    @Override
    public SharedData sharedData() {
        return data;
    }

    @Override
    public void log(LogLevel level, byte[] source, int offset, int length) {}

    @Override
    public LogLevel logLevel() {
        return LogLevel.INFO;
    }
}
