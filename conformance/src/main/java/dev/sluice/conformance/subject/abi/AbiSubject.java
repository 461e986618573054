package dev.sluice.conformance.subject.abi;

import dev.sluice.abi.GuestSlot;
import dev.sluice.abi.Profile;
import dev.sluice.abi.spi.Clock;
import dev.sluice.abi.vm.ModuleLimits;
import dev.sluice.abi.vm.PluginLoadException;
import dev.sluice.abi.vm.PluginModule;
import dev.sluice.conformance.subject.Arrival;
import dev.sluice.conformance.subject.Exchange;
import dev.sluice.conformance.subject.LogLine;
import dev.sluice.conformance.subject.Plugin;
import dev.sluice.conformance.subject.RefusedException;
import dev.sluice.conformance.subject.Request;
import dev.sluice.conformance.subject.Subject;
import dev.sluice.host.shared.SharedStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The module `abi`, driven directly on the caller's thread.
public final class AbiSubject implements Subject {
    static final int CLIENT_PORT = 54321;

    private final Clock clock = new RealClock();
    private final SharedStore shared = new SharedStore();
    private final List<AbiVm> vms = new ArrayList<>();
    private final List<String> held = new ArrayList<>();
    private final List<AbiCall> calls = new ArrayList<>();
    private final List<LogLine> log = new ArrayList<>();
    private final List<Arrival> arrivals = new ArrayList<>();

    @Override
    public String name() {
        return "abi";
    }

    @Override
    public void run(List<Plugin> plugins) {
        close();
        log.clear();
        arrivals.clear();
        var byVm = new LinkedHashMap<String, List<Plugin>>();
        for (Plugin each : plugins) {
            String key = each.vm().id().isEmpty() ? "of " + each.name() : each.vm().id();
            byVm.computeIfAbsent(key, _ -> new ArrayList<>()).add(each);
        }
        byVm.forEach(this::build);
    }

    private void build(String sharedData, List<Plugin> plugins) {
        held.add(sharedData);
        var vm =
                new AbiVm(
                        this,
                        load(plugins.getFirst()),
                        plugins,
                        shared.hold(sharedData),
                        new GuestSlot(Thread.currentThread()));
        vms.add(vm);
        vm.start();
    }

    private static PluginModule load(Plugin plugin) {
        try {
            return PluginModule.load(
                    plugin.name(), plugin.module(), ModuleLimits.defaults(), Profile.AUTO);
        } catch (PluginLoadException e) {
            throw new RefusedException(
                    "module_" + e.reason().name().toLowerCase(Locale.ROOT),
                    String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Exchange open(Request request) {
        return new AbiExchange(this, plugin(request.plugin()), request);
    }

    @Override
    public void advance() {
        boolean busy = false;
        for (AbiCall each : List.copyOf(calls)) {
            if (each.endIfDue(this)) {
                calls.remove(each);
                busy = true;
            }
        }
        for (AbiVm vm : vms) {
            for (AbiPlugin each : vm.plugins()) {
                busy |= each.tickIfDue();
            }
        }
        if (!busy) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @Override
    public List<LogLine> log() {
        return List.copyOf(log);
    }

    @Override
    public List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    @Override
    public int vms() {
        return 1;
    }

    @Override
    public String abiVersion(String plugin) {
        return plugin(plugin).vm().module().abiVersion().toString();
    }

    @Override
    public List<String> unimplementedImports(String plugin) {
        return plugin(plugin).vm().module().unimplementedImports();
    }

    @Override
    public void close() {
        vms.forEach(AbiVm::close);
        vms.clear();
        calls.clear();
        held.forEach(shared::release);
        held.clear();
    }

    Clock clock() {
        return clock;
    }

    List<AbiCall> calls() {
        return calls;
    }

    void logged(LogLine line) {
        log.add(line);
    }

    void arrived(Arrival arrival) {
        arrivals.add(arrival);
    }

    /// The running plugin of this name.
    private AbiPlugin plugin(String name) {
        return vms.stream()
                .flatMap(vm -> vm.plugins().stream())
                .filter(each -> each.plugin().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("plugin %s does not run".formatted(name)));
    }
}
