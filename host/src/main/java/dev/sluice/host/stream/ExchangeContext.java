package dev.sluice.host.stream;

import dev.sluice.abi.spi.Clock;
import dev.sluice.host.accesslog.AccessLog;
import dev.sluice.host.accesslog.AccessLogBatch;
import dev.sluice.host.http.Fields;
import dev.sluice.host.http.Names;
import dev.sluice.host.loop.Loop;
import dev.sluice.host.route.CurrentGeneration;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What all exchanges of a gateway share.
///
/// Thread: any; each access-log batch is its loop's.
public final class ExchangeContext {
    private final Clock clock;
    private final CurrentGeneration generations;
    private final List<AccessLogBatch> batches;

    /// @param log where finished exchanges are written, or null to write none
    /// @param loops those that serve
    public ExchangeContext(
            Clock clock, CurrentGeneration generations, @Nullable AccessLog log, List<Loop> loops) {
        this.clock = clock;
        this.generations = generations;
        batches =
                loops.stream()
                        .map(loop ->
                                new AccessLogBatch(
                                        log,
                                        task ->
                                                loop.eventLoop()
                                                        .schedule(
                                                                task, 100, TimeUnit.MILLISECONDS)))
                        .toList();
    }

    /// What time it is.
    Clock clock() {
        return clock;
    }

    /// Where an exchange takes its generation from.
    CurrentGeneration generations() {
        return generations;
    }

    /// Writes the access-log line of a finished exchange.
    ///
    /// @param request its headers, as the last filter left them
    /// @param status 0 when the client got no complete response
    void log(ExchangeView exchange, Fields request, int status) {
        AccessLogBatch line = batches.get(exchange.loop().index());
        if (!line.isOn()) {
            return;
        }
        line.begin();
        line.field("time", Instant.ofEpochMilli(exchange.startUnixNanos() / 1_000_000).toString());
        field(line, "requestId", request.get(Names.X_REQUEST_ID));
        line.field("client", exchange.clientIp());
        line.field("method", request.method());
        line.field("authority", request.authority());
        line.field("path", request.path());
        line.field("protocol", exchange.protocol());
        line.field("status", status);
        line.field("details", exchange.responseDetails());
        line.millis("durationMs", exchange.elapsedNanos());
        line.field("requestBytes", exchange.requestBytes());
        line.field("responseBytes", exchange.responseBytes());
        line.field("route", exchange.routeName());
        line.field("upstream", exchange.upstreamName());
        InetSocketAddress endpoint = exchange.upstreamAddress();
        if (endpoint != null) {
            line.field("endpoint", endpoint.getHostString() + ":" + endpoint.getPort());
        }
        line.field("generation", exchange.generation().id());
        field(line, "userAgent", request.get(Names.USER_AGENT));
        line.end();
        exchange.loop().counters().accessLogDropped = line.dropped();
    }

    /// Hands the lines of `loop`, which must be current, to the log.
    public void flushLog(Loop loop) {
        batches.get(loop.index()).flush();
    }

    private static void field(AccessLogBatch line, String name, @Nullable String value) {
        if (value != null) {
            line.field(name, value);
        }
    }
}
