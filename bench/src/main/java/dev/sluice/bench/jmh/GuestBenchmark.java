package dev.sluice.bench.jmh;

import dev.sluice.abi.FilterAction;
import dev.sluice.abi.GuestSlot;
import dev.sluice.abi.Profile;
import dev.sluice.abi.context.PluginContext;
import dev.sluice.abi.context.PluginSettings;
import dev.sluice.abi.context.StartResult;
import dev.sluice.abi.context.StreamContext;
import dev.sluice.abi.spi.Clock;
import dev.sluice.abi.vm.ModuleLimits;
import dev.sluice.abi.vm.PluginModule;
import dev.sluice.abi.vm.VmOptions;
import dev.sluice.abi.vm.WasmVm;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// One request's life in a guest: a context, its headers, its end. With `calls20` that is 20 host
/// calls, whose cost is what lies between it and `empty`.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GuestBenchmark {
    /// Which module of the bench's own.
    @Param({"rust/empty", "rust/calls20", "go/calls20", "assemblyscript/calls20"})
    public String plugin = "";

    private final OneStream stream = new OneStream();

    @SuppressWarnings("NullAway.Init") // by start
    private WasmVm vm;

    @SuppressWarnings("NullAway.Init") // by start
    private PluginContext root;

    /// Compiles the module and starts it; the benchmark's thread owns the VM.
    @Setup
    public void start() throws IOException {
        PluginModule module =
                PluginModule.load(plugin, code(), ModuleLimits.defaults(), Profile.AUTO);
        var slot = new GuestSlot(Thread.currentThread());
        var world = new OnePlugin();
        vm = new WasmVm(module, VmOptions.defaults(), new NoDate(), slot, world);
        root = vm.addPlugin(new PluginSettings(plugin, "", new byte[0]), world);
        if (!(root.start() instanceof StartResult.Started)) {
            throw new IllegalStateException("not started: " + plugin);
        }
    }

    /// Ends it.
    @TearDown
    public void end() {
        root.shutDown();
        vm.close();
    }

    /// The head is filled anew, because the guest changes it.
    @Benchmark
    public FilterAction request() {
        stream.begin();
        StreamContext context = root.openStream(stream);
        FilterAction action = context.onRequestHeaders(stream.fields().size(), true);
        context.close();
        if (action != FilterAction.CONTINUE) {
            throw new IllegalStateException("answered " + action);
        }
        return action;
    }

    private byte[] code() throws IOException {
        String name = "/bench-plugins/" + plugin + "/plugin.wasm";
        try (InputStream in = GuestBenchmark.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no plugin " + name);
            }
            return in.readAllBytes();
        }
    }

    /// A clock without a date, which these guests do not ask for.
    private static final class NoDate implements Clock {
        @Override
        public long unixNanos() {
            return 0;
        }

        @Override
        public long monotonicNanos() {
            return System.nanoTime();
        }

        @Override
        public long cpuNanos() {
            return 0;
        }
    }
}
