package dev.sluice.host.plugin;

import dev.sluice.abi.LogLevel;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/// A plugin's log lines, in the gateway's log: under the plugin's name, with its root id and VM id
/// where it has them.
record PluginLog(Logger logger, String rootId, String vmId) {
    static PluginLog of(PluginSpec plugin, String vmId) {
        return new PluginLog(
                LoggerFactory.getLogger("plugin." + plugin.name()), plugin.rootId(), vmId);
    }

    void write(LogLevel level, byte[] source, int offset, int length) {
        write(level, new String(source, offset, length, StandardCharsets.UTF_8));
    }

    void write(LogLevel level, String line) {
        LoggingEventBuilder event = logger.atLevel(level(level));
        if (!rootId.isEmpty()) {
            event = event.addKeyValue("root", rootId);
        }
        if (!vmId.isEmpty()) {
            event = event.addKeyValue("vm", vmId);
        }
        event.log(line.stripTrailing().replace('\n', ' '));
    }

    /// The least severe level that is kept.
    LogLevel level() {
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
