package dev.sluice.host.stats;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// What `/metrics` shows: the loops' counters added up, and the process.
///
/// Thread: any.
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<LoopCounters> loops;

    /// @param loops the counters of all loops
    public Metrics(List<LoopCounters> loops) {
        this.loops = List.copyOf(loops);
        traffic();
        upstreams();
        plugins();
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    /// Adds a number that is asked for when it is scraped.
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    /// Everything in the Prometheus text format.
    public String scrape() {
        return registry.scrape();
    }

    private void traffic() {
        counter("sluice.connections", "Client connections accepted", each -> each.connections);
        gauge(
                "sluice.connections.active",
                "Client connections open",
                () -> sum(each -> each.connectionsActive));
        counter("sluice.requests", "Requests begun", each -> each.requests);
        gauge(
                "sluice.requests.active",
                "Requests under way",
                () -> sum(each -> each.requestsActive));
        responses("2xx", each -> each.responses2xx);
        responses("3xx", each -> each.responses3xx);
        responses("4xx", each -> each.responses4xx);
        responses("5xx", each -> each.responses5xx);
        counter(
                "sluice.requests.rejected",
                "Heads refused before they became a request",
                each -> each.requestsRejected);
        counter(
                "sluice.requests.reset",
                "Requests without a complete answer",
                each -> each.requestsReset);
        counter("sluice.request.body.bytes", "Body bytes from clients", each -> each.bytesIn);
        counter("sluice.response.body.bytes", "Body bytes to clients", each -> each.bytesOut);
        gauge(
                "sluice.held.body.bytes",
                "Body bytes held back for plugins",
                () -> sum(each -> each.heldBytes));
        counter(
                "sluice.held.body.refused",
                "Messages refused because too many body bytes were held",
                each -> each.heldBytesRefused);
        counter(
                "sluice.accesslog.dropped",
                "Access-log batches dropped because the sink is slow",
                each -> each.accessLogDropped);
    }

    private void upstreams() {
        counter(
                "sluice.upstream.connections",
                "Upstream connections made",
                each -> each.upstreamConnections);
        gauge(
                "sluice.upstream.connections.active",
                "Upstream connections open",
                () -> sum(each -> each.upstreamConnectionsActive));
        counter(
                "sluice.upstream.requests",
                "Requests sent to upstreams, call-outs included",
                each -> each.upstreamRequests);
        counter(
                "sluice.upstream.failures",
                "Upstream requests that failed",
                each -> each.upstreamFailures);
    }

    private void plugins() {
        counter("sluice.plugin.streams", "Requests that entered a VM", each -> each.pluginStreams);
        counter("sluice.plugin.callbacks", "Guest callbacks", each -> each.pluginCallbacks);
        counter("sluice.plugin.failures", "VMs lost", each -> each.pluginFailures);
        counter(
                "sluice.plugin.interrupts",
                "VMs lost because a callback used up its time",
                each -> each.pluginInterrupts);
        counter(
                "sluice.plugin.breaker.opened",
                "Times a plugin was left out because too many entries cost a VM",
                each -> each.breakersOpened);
        counter(
                "sluice.plugin.skipped",
                "Requests that went on without their plugin",
                each -> each.pluginSkipped);
        counter(
                "sluice.plugin.refused",
                "Requests answered 503 for want of their plugin",
                each -> each.pluginRefused);
        counter(
                "sluice.plugin.log.dropped",
                "Log lines over a plugin's limit",
                each -> each.pluginLogLinesDropped);
        counter("sluice.plugin.callouts", "Call-outs of plugins", each -> each.callouts);
        counter(
                "sluice.plugin.callouts.failed",
                "Call-outs without an answer",
                each -> each.calloutFailures);
    }

    private void responses(String status, ToLongFunction<LoopCounters> counter) {
        FunctionCounter.builder("sluice.responses", this, _ -> sum(counter))
                .tag("class", status)
                .description("Responses sent")
                .register(registry);
    }

    private void counter(String name, String text, ToLongFunction<LoopCounters> counter) {
        FunctionCounter.builder(name, this, _ -> sum(counter)).description(text).register(registry);
    }

    private long sum(ToLongFunction<LoopCounters> counter) {
        return loops.stream().mapToLong(counter).sum();
    }

    @Override
    public void close() {
        registry.close();
    }
}
