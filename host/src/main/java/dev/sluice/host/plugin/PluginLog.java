package dev.sluice.host.plugin;

import dev.sluice.abi.LogLevel;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/// A guest's log lines, in the gateway's log.
final class PluginLog {
    private PluginLog() {}

    static void write(Logger logger, LogLevel level, byte[] source, int offset, int length) {
        write(logger, level, new String(source, offset, length, StandardCharsets.UTF_8));
    }

    static void write(Logger logger, LogLevel level, String line) {
        logger.atLevel(level(level)).log(line.stripTrailing().replace('\n', ' '));
    }

    /// The least severe level that `logger` keeps.
    static LogLevel level(Logger logger) {
        if (logger.isTraceEnabled()) {
            return LogLevel.TRACE;
        } else if (logger.isDebugEnabled()) {
            return LogLevel.DEBUG;
        } else if (logger.isInfoEnabled()) {
            return LogLevel.INFO;
        } else if (logger.isWarnEnabled()) {
            return LogLevel.WARN;
        }
        return LogLevel.ERROR;
    }

    private static Level level(LogLevel level) {
        return switch (level) {
            case TRACE -> Level.TRACE;
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARN -> Level.WARN;
            case ERROR, CRITICAL -> Level.ERROR;
        };
    }
}
