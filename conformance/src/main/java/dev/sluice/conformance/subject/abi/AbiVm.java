package dev.sluice.conformance.subject.abi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.abi.GuestFailure;
import dev.sluice.abi.GuestSlot;
import dev.sluice.abi.LogLevel;
import dev.sluice.abi.Profile;
import dev.sluice.abi.VmLimits;
import dev.sluice.abi.spi.LogSink;
import dev.sluice.abi.spi.MemoryBudget;
import dev.sluice.abi.spi.SharedData;
import dev.sluice.abi.vm.GuestStartException;
import dev.sluice.abi.vm.PluginModule;
import dev.sluice.abi.vm.VmOptions;
import dev.sluice.abi.vm.WasmVm;
import dev.sluice.conformance.subject.LogLine;
import dev.sluice.conformance.subject.Plugin;
import dev.sluice.conformance.subject.RefusedException;
import java.util.ArrayList;
import java.util.List;

/// One VM with the plugins that share it.
final class AbiVm {
    private final AbiSubject subject;
    private final PluginModule module;
    private final List<Plugin> declared;
    private final SharedData sharedData;
    private final WasmVm wasm;
    private final List<AbiPlugin> plugins = new ArrayList<>();
    private boolean failed;

    AbiVm(AbiSubject subject, PluginModule module, List<Plugin> declared, SharedData sharedData) {
        this.subject = subject;
        this.module = module;
        this.declared = declared;
        this.sharedData = sharedData;
        module.unknownImports().forEach(each -> note("unknown import " + each));
        wasm = build(declared.getFirst().vm());
        declared.forEach(each -> plugins.add(new AbiPlugin(subject, this, each)));
    }

    private WasmVm build(Plugin.Vm vm) {
        VmLimits usual = VmLimits.defaults();
        var limits =
                new VmLimits(
                        usual.memoryBytes(),
                        usual.callbackBudget(),
                        usual.startBudget(),
                        usual.hostCalls(),
                        vm.mostCalls(),
                        usual.callouts());
        var options =
                new VmOptions(
                        vm.id(),
                        vm.environment(),
                        vm.configuration().getBytes(UTF_8),
                        limits,
                        Profile.AUTO,
                        MemoryBudget.UNLIMITED);
        try {
            var slot = new GuestSlot(Thread.currentThread());
            return new WasmVm(module, options, subject.clock(), slot, new StartLog());
        } catch (GuestStartException e) {
            throw new RefusedException("plugin_start_failed", String.valueOf(e.getMessage()));
        }
    }

    void start() {
        plugins.forEach(AbiPlugin::start);
    }

    WasmVm wasm() {
        return wasm;
    }

    PluginModule module() {
        return module;
    }

    List<AbiPlugin> plugins() {
        return plugins;
    }

    SharedData sharedData() {
        return sharedData;
    }

    /// Must follow everything that enters the guest: notes its failure.
    void afterEntry() {
        GuestFailure failure = wasm.failure();
        if (failure != null && !failed) {
            failed = true;
            note("stopped in %s: %s".formatted(failure.callback(), failure.message()));
        }
    }

    /// What an operator should know.
    private void note(String text) {
        subject.logged(new LogLine(LogLevel.WARN, "", "", "", text, System.nanoTime()));
    }

    void close() {
        plugins.forEach(each -> each.context().shutDown());
        wasm.close();
    }

    /// The log before there is a plugin.
    private final class StartLog implements LogSink {
        @Override
        public void log(LogLevel level, byte[] source, int offset, int length) {
            Plugin first = declared.getFirst();
            subject.logged(
                    new LogLine(
                            level,
                            first.name(),
                            first.rootId(),
                            first.vm().id(),
                            new String(source, offset, length, ISO_8859_1),
                            System.nanoTime()));
        }

        @Override
        public LogLevel logLevel() {
            return LogLevel.TRACE;
        }
    }
}
