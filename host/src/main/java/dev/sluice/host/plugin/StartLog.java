package dev.sluice.host.plugin;

import dev.sluice.abi.LogLevel;
import dev.sluice.abi.spi.LogSink;

/// Where a module's log lines go before there is a plugin.
record StartLog(PluginLog log) implements LogSink {
    @Override
    public void log(LogLevel level, byte[] source, int offset, int length) {
        log.write(level, source, offset, length);
    }

    @Override
    public LogLevel logLevel() {
        return log.level();
    }
}
