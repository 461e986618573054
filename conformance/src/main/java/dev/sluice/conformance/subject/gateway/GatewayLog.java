package dev.sluice.conformance.subject.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.sluice.abi.LogLevel;
import dev.sluice.conformance.subject.LogLine;
import dev.sluice.conformance.subject.Plugin;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/// What the gateway logs about plugins, kept here in the place of standard error.
final class GatewayLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final String GUESTS = "plugin.";

    private final List<Logger> loggers;
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final List<LogLine> lines = new CopyOnWriteArrayList<>();

    GatewayLog() {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        setContext(context);
        loggers = List.of(context.getLogger("plugin"), context.getLogger("dev.sluice.host.plugin"));
        start();
        loggers.forEach(each -> {
            each.setAdditive(false);
            each.addAppender(this);
        });
    }

    /// Forgets all lines, and knows a plugin by another name from now on.
    void begin(Map<String, Plugin> plugins) {
        lines.clear();
        names.clear();
        plugins.forEach((name, plugin) -> {
            names.put(name, plugin.name());
            var logger = (Logger) LoggerFactory.getLogger(GUESTS + name);
            logger.setLevel(Level.valueOf(plugin.logLevel().name()));
        });
    }

    List<LogLine> lines() {
        return lines;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String logger = event.getLoggerName();
        boolean guest = logger.startsWith(GUESTS);
        String plugin = guest ? names.get(logger.substring(GUESTS.length())) : "";
        if (plugin != null) {
            lines.add(
                    new LogLine(
                            LogLevel.valueOf(event.getLevel().toString()),
                            plugin,
                            value(event, "root"),
                            value(event, "vm"),
                            event.getFormattedMessage(),
                            System.nanoTime()));
        }
    }

    private static String value(ILoggingEvent event, String key) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        return pairs == null
                ? ""
                : pairs.stream()
                        .filter(each -> each.key.equals(key))
                        .map(each -> String.valueOf(each.value))
                        .findFirst()
                        .orElse("");
    }

    @Override
    public void close() {
        loggers.forEach(each -> {
            each.detachAppender(this);
            each.setAdditive(true);
        });
        stop();
    }
}
