package dev.sluice.host.cli;

import dev.sluice.abi.GuestSlot;
import dev.sluice.abi.LogLevel;
import dev.sluice.abi.Profile;
import dev.sluice.abi.spi.LogSink;
import dev.sluice.abi.vm.CheckedModule;
import dev.sluice.abi.vm.GuestStartException;
import dev.sluice.abi.vm.ModuleLimits;
import dev.sluice.abi.vm.PluginLoadException;
import dev.sluice.abi.vm.PluginModule;
import dev.sluice.abi.vm.VmOptions;
import dev.sluice.abi.vm.WasmVm;
import dev.sluice.host.SystemClock;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// A module brought as far as a started VM, and what that took.
///
/// @param toolchain the tools the module says it was made with
/// @param startedMemoryBytes how big the guest's memory is after its own initialisation
/// @param cpuMillis CPU time of each phase, in order: parse, compile, load, start
record Inspection(
        PluginModule module,
        List<String> toolchain,
        long startedMemoryBytes,
        SequencedMap<String, Long> cpuMillis) {
    private static final long STACK_BYTES = 64L << 20;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final LogSink NO_LOG =
            new LogSink() {
                @Override
                public void log(LogLevel level, byte[] source, int offset, int length) {}

                @Override
                public LogLevel logLevel() {
                    return LogLevel.CRITICAL;
                }
            };

    /// Compiles and starts a module on a thread of its own.
    ///
    /// @param name for messages
    /// @throws FailedException when it cannot serve as a plugin, or does not end
    static Inspection of(String name, byte[] wasm) throws InterruptedException {
        var result = new CompletableFuture<Inspection>();
        var worker =
                new Thread(
                        null,
                        () -> {
                            try {
                                result.complete(inspect(name, wasm));
                            } catch (RuntimeException | Error e) {
                                result.completeExceptionally(e);
                            }
                        },
                        "sluice-inspect",
                        STACK_BYTES);
        worker.setDaemon(true);
        worker.start();
        try {
            return result.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            throw new FailedException(
                    "module %s had not started after %d s".formatted(name, LONGEST.toSeconds()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PluginLoadException
                    || e.getCause() instanceof GuestStartException) {
                throw new FailedException(String.valueOf(e.getCause().getMessage()));
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            worker.interrupt();
        }
    }

    private static Inspection inspect(String name, byte[] wasm) {
        var cpu = new LinkedHashMap<String, Long>();
        CheckedModule checked =
                timed(
                        "parse",
                        cpu,
                        () ->
                                CheckedModule.parse(
                                        name, wasm, ModuleLimits.defaults(), Profile.AUTO));
        var code = timed("compile", cpu, checked::compile);
        PluginModule module = timed("load", cpu, () -> PluginModule.load(code, Profile.AUTO));
        try (WasmVm vm = timed("start", cpu, () -> start(module))) {
            return new Inspection(module, checked.producers(), vm.memoryBytes(), cpu);
        }
    }

    private static WasmVm start(PluginModule module) {
        return new WasmVm(
                module,
                VmOptions.defaults(),
                SystemClock.INSTANCE,
                new GuestSlot(Thread.currentThread()),
                NO_LOG);
    }

    private static <T> T timed(String phase, SequencedMap<String, Long> cpu, Supplier<T> work) {
        var threads = ManagementFactory.getThreadMXBean();
        long begun = threads.getCurrentThreadCpuTime();
        T made = work.get();
        cpu.put(phase, (threads.getCurrentThreadCpuTime() - begun) / 1_000_000);
        return made;
    }
}
