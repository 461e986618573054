package dev.sluice.host.plugin;

import dev.sluice.abi.LogLevel;
import dev.sluice.abi.spi.LogSink;
import org.slf4j.Logger;

/// Where a module's log lines go before there is a plugin.
record StartLog(Logger logger) implements LogSink {
    @Override
    public void log(LogLevel level, byte[] source, int offset, int length) {
        PluginLog.write(logger, level, source, offset, length);
    }

    @Override
    public LogLevel logLevel() {
        return PluginLog.level(logger);
    }
}
