package dev.sluice.conformance.subject.abi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.abi.ByteSink;
import dev.sluice.abi.LogLevel;
import dev.sluice.abi.ProxyStatus;
import dev.sluice.abi.context.PluginContext;
import dev.sluice.abi.context.PluginSettings;
import dev.sluice.abi.context.StartResult;
import dev.sluice.abi.spi.HttpCall;
import dev.sluice.abi.spi.HttpStream;
import dev.sluice.abi.spi.PluginHost;
import dev.sluice.abi.spi.SharedData;
import dev.sluice.conformance.subject.LogLine;
import dev.sluice.conformance.subject.Plugin;
import dev.sluice.conformance.subject.RefusedException;
import dev.sluice.conformance.subject.Service;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One plugin in its VM, and the world as its root context sees it.
final class AbiPlugin implements PluginHost {
    private final AbiSubject subject;
    private final AbiVm vm;
    private final Plugin plugin;
    private final PluginContext context;
    private long tickNanos;
    private long nextTick;

    AbiPlugin(AbiSubject subject, AbiVm vm, Plugin plugin) {
        this.subject = subject;
        this.vm = vm;
        this.plugin = plugin;
        context =
                vm.wasm()
                        .addPlugin(
                                new PluginSettings(
                                        plugin.name(),
                                        plugin.rootId(),
                                        plugin.configuration().getBytes(UTF_8)),
                                this);
    }

    Plugin plugin() {
        return plugin;
    }

    AbiVm vm() {
        return vm;
    }

    PluginContext context() {
        return context;
    }

    void start() {
        switch (context.start()) {
            case StartResult.Started _ -> {}
            case StartResult.Refused(String callback) ->
                    throw new RefusedException(
                            "plugin_refused_configuration", callback + " answered false");
            case StartResult.Failed(var failure) ->
                    throw new RefusedException(
                            "plugin_start_failed",
                            "%s failed: %s".formatted(failure.callback(), failure.message()));
        }
    }

    /// Must follow everything that enters the guest.
    void afterEntry() {
        vm.afterEntry();
    }

    /// Does what is due.
    ///
    /// @return whether anything was
    boolean tickIfDue() {
        if (tickNanos == 0 || System.nanoTime() - nextTick < 0) {
            return false;
        }
        nextTick += tickNanos;
        context.tick();
        afterEntry();
        return true;
    }

    @Override
    public void log(LogLevel level, byte[] source, int offset, int length) {
        subject.logged(
                new LogLine(
                        level,
                        plugin.name(),
                        plugin.rootId(),
                        plugin.vm().id(),
                        new String(source, offset, length, ISO_8859_1),
                        System.nanoTime()));
    }

    @Override
    public LogLevel logLevel() {
        return plugin.logLevel();
    }

    @Override
    public boolean hasUpstream(@Nullable HttpStream origin, String name) {
        return Service.ALL.contains(name);
    }

    @Override
    public void dispatch(HttpCall call) {
        subject.calls().add(new AbiCall(this, call));
    }

    @Override
    public void tickPeriod(int millis) {
        tickNanos = TimeUnit.MILLISECONDS.toNanos(millis);
        nextTick = System.nanoTime() + tickNanos;
    }

    @Override
    public ProxyStatus property(byte[] source, int pathOffset, int pathLength, ByteSink out) {
        return ProxyStatus.NOT_FOUND;
    }

    @Override
    public SharedData sharedData() {
        return vm.sharedData();
    }
}
