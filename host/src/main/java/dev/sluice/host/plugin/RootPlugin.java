package dev.sluice.host.plugin;

import dev.sluice.abi.ByteSink;
import dev.sluice.abi.GuestFailure;
import dev.sluice.abi.GuestSlot;
import dev.sluice.abi.LogLevel;
import dev.sluice.abi.ProxyStatus;
import dev.sluice.abi.context.PluginContext;
import dev.sluice.abi.context.PluginSettings;
import dev.sluice.abi.spi.BodyBuffer;
import dev.sluice.abi.spi.HeaderMap;
import dev.sluice.abi.spi.HttpCall;
import dev.sluice.abi.spi.HttpStream;
import dev.sluice.abi.spi.PluginHost;
import dev.sluice.abi.spi.SharedData;
import dev.sluice.host.upstream.Cluster;
import dev.sluice.host.upstream.Clusters;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One plugin in one VM: its root context and the world as that context sees it.
///
/// Thread: the VM's home loop.
final class RootPlugin implements PluginHost {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PluginVm vm;
    private final LogLimiter limiter;
    private final PluginLog log;
    private final LogLevel kept;
    private final PluginContext context;
    private @Nullable Future<?> ticking;
    private int tickMillis;

    /// What it says while it is shut down.
    private @Nullable List<Line> lastLines;

    /// The callback that has used up the lines of its second, as its slot shows it, and is too
    /// short for the next one: what else it says is dropped without asking for the time.
    private long silenced = -1;

    private record Line(LogLevel level, String text) {}

    RootPlugin(PluginVm vm, PluginSpec spec, LogLimiter limiter) {
        this.vm = vm;
        this.limiter = limiter;
        log = PluginLog.of(spec, vm.bundle().spec().vmId());
        kept = log.level();
        context =
                vm.wasm()
                        .addPlugin(
                                new PluginSettings(
                                        spec.name(), spec.rootId(), spec.configuration().array()),
                                this);
    }

    PluginContext context() {
        return context;
    }

    @Override
    public void log(LogLevel level, byte[] source, int offset, int length) {
        GuestSlot slot = vm.home().guestSlot();
        long callback = slot.observe();
        if (callback == silenced || !limiter.allows(System.nanoTime())) {
            silenced = slot.budgetNanos() < SECOND_NANOS ? callback : -1;
            vm.home().counters().pluginLogLinesDropped++;
            return;
        }
        String text = new String(source, offset, length, StandardCharsets.UTF_8);
        if (lastLines == null) {
            log.write(level, text);
        } else {
            lastLines.add(new Line(level, text));
        }
    }

    /// Ends it. Some SDKs cannot end a root context and abort; nothing is lost with the VM then,
    /// and what such a guest says about it is for debugging only.
    void shutDown() {
        List<Line> lines = new ArrayList<>();
        lastLines = lines;
        context.shutDown();
        lastLines = null;
        GuestFailure failure = vm.wasm().failure();
        for (Line line : lines) {
            log.write(failure == null ? line.level() : LogLevel.DEBUG, line.text());
        }
        if (failure != null) {
            log.write(
                    LogLevel.DEBUG,
                    "stopped in %s: %s".formatted(failure.callback(), PluginVm.describe(failure)));
        }
    }

    /// Whether it is gone after [#shutDown].
    boolean hasEnded() {
        return context.isDeleted();
    }

    @Override
    public LogLevel logLevel() {
        return kept;
    }

    @Override
    public boolean hasUpstream(@Nullable HttpStream origin, String name) {
        return clusters(origin).find(name) != null;
    }

    private Clusters clusters(@Nullable HttpStream origin) {
        return origin instanceof PluginFilter filter ? filter.clusters() : vm.bundle().clusters();
    }

    @Override
    public void dispatch(HttpCall call) {
        vm.home().counters().callouts++;
        Cluster cluster = clusters(call.origin()).find(call.upstream());
        new CallOut(vm, this, call).start(cluster);
    }

    void answer(
            int token,
            @Nullable HeaderMap headers,
            @Nullable BodyBuffer body,
            @Nullable HeaderMap trailers) {
        context.onHttpCallResponse(token, headers, body, trailers);
        vm.afterEntry();
    }

    @Override
    public void tickPeriod(int millis) {
        tickMillis = millis;
        disarm();
        if (vm.isTicking()) {
            arm();
        }
    }

    void handedOver() {
        silenced = -1;
    }

    void arm() {
        if (tickMillis > 0 && ticking == null) {
            ticking =
                    vm.home()
                            .eventLoop()
                            .scheduleWithFixedDelay(
                                    this::tick, tickMillis, tickMillis, TimeUnit.MILLISECONDS);
        }
    }

    void disarm() {
        if (ticking != null) {
            ticking.cancel(false);
            ticking = null;
        }
    }

    private void tick() {
        if (vm.isTicking()) {
            context.tick();
            vm.afterEntry();
        }
    }

    @Override
    public ProxyStatus property(byte[] source, int pathOffset, int pathLength, ByteSink out) {
        return ProxyStatus.NOT_FOUND;
    }

    @Override
    public SharedData sharedData() {
        return vm.bundle().sharedData();
    }
}
