package dev.sluice.host.plugin;

import dev.sluice.abi.Profile;
import dev.sluice.abi.vm.ModuleLimits;
import dev.sluice.abi.vm.PluginCode;
import dev.sluice.abi.vm.PluginLoadException;
import dev.sluice.abi.vm.PluginModule;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Compiles modules, so many at a time, and loads their code, each on a platform thread with a deep
/// stack.
///
/// Thread: any that may block.
final class Compiler {
    private static final long STACK_BYTES = 64L << 20;

    private final Semaphore turns;

    Compiler(int atOnce) {
        turns = new Semaphore(atOnce);
    }

    /// Blocks until the module is compiled.
    ///
    /// @throws AdmissionException when it cannot serve as a plugin
    PluginCode compile(String name, byte[] wasm, ModuleLimits limits, Profile profile)
            throws InterruptedException {
        turns.acquire();
        try {
            return onWorker(name, () -> PluginCode.compile(name, wasm, limits, profile));
        } finally {
            turns.release();
        }
    }

    /// Blocks until the JVM has taken the code; waits for no compilation.
    ///
    /// @throws AdmissionException when it cannot serve as a plugin
    PluginModule load(String name, PluginCode code, Profile profile) throws InterruptedException {
        return onWorker(name, () -> PluginModule.load(code, profile));
    }

    private static <T> T onWorker(String name, Supplier<T> work) throws InterruptedException {
        var result = new CompletableFuture<T>();
        Thread worker =
                new Thread(
                        null,
                        () -> {
                            Niceness.lower();
                            try {
                                result.complete(work.get());
                            } catch (RuntimeException | Error e) {
                                result.completeExceptionally(e);
                            }
                        },
                        "sluice-compile-" + name,
                        STACK_BYTES);
        worker.setDaemon(true);
        worker.start();
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw refusal(name, e);
        }
    }

    private static AdmissionException refusal(String name, ExecutionException e) {
        if (e.getCause() instanceof PluginLoadException refused) {
            return new AdmissionException(
                    "module_" + refused.reason().name().toLowerCase(Locale.ROOT),
                    String.valueOf(refused.getMessage()),
                    refused);
        }
        return new AdmissionException(
                "module_not_compiled",
                "module %s cannot be compiled: %s".formatted(name, e.getCause()),
                e);
    }
}
