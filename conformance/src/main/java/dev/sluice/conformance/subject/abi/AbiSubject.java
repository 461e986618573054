package dev.sluice.conformance.subject.abi;

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// The module `abi`, driven directly on the caller's thread.
public final class AbiSubject implements Subject {
    static final int CLIENT_PORT = 54321;
    private static final int THREADS = 4;

    private final Clock clock = new RealClock();
    private final SharedStore shared = new SharedStore();
    private final List<AbiVm> vms = new ArrayList<>();
    private final List<String> held = new CopyOnWriteArrayList<>();
    private final List<AbiCall> calls = new ArrayList<>();
    private final List<LogLine> log = new CopyOnWriteArrayList<>();
    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
        return "abi";
    }

    @Override
    public void run(List<Plugin> plugins) {
        close();
        log.clear();
        arrivals.clear();
        var byVm = new LinkedHashMap<List<Object>, List<Plugin>>();
        plugins.forEach(
                each -> byVm.computeIfAbsent(each.vmKey(), _ -> new ArrayList<>()).add(each));
        byVm.values().forEach(each -> vms.add(build(load(each.getFirst()), each)));
    }

    private AbiVm build(PluginModule module, List<Plugin> plugins) {
        Plugin first = plugins.getFirst();
        String sharedData = first.vm().id().isEmpty() ? first.name() : first.vm().id();
        held.add(sharedData);
        var vm = new AbiVm(this, module, plugins, shared.hold(sharedData));
        vm.start();
        return vm;
    }

    @Override
    public void remove() {
        close();
    }

    /// Each thread has a VM of its own.
    @Override
    public void burst(Request request, int count) {
        AbiPlugin plugin = plugin(request.plugin());
        try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Future<?>> all =
                    Stream.<Future<?>>generate(() ->
                                    threads.submit(() -> serve(plugin, request, count / THREADS)))
                            .limit(THREADS)
                            .toList();
            for (Future<?> each : all) {
                each.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(AbiPlugin like, Request request, int count) {
        AbiVm vm = build(like.vm().module(), List.of(like.plugin()));
        for (int i = 0; i < count; i++) {
            new AbiExchange(this, vm.plugins().getFirst(), request).answer();
            vm.plugins().forEach(AbiPlugin::tickIfDue);
        }
        vm.close();
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
    public int startedVms() {
        return 1;
    }

    @Override
    public int servingVms() {
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
