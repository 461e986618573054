package dev.sluice.host.plugin;

import dev.sluice.abi.Profile;
import dev.sluice.abi.vm.ModuleLimits;
import dev.sluice.abi.vm.PluginLoadException;
import dev.sluice.abi.vm.PluginModule;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/// Compiles modules, so many at a time, each on a platform thread with a deep stack.
///
/// Thread: any.
final class Compiler {
    private static final long STACK_BYTES = 64L << 20;

    private final Semaphore turns;

    Compiler(int atOnce) {
        turns = new Semaphore(atOnce);
    }

    /// Blocks until the module is compiled.
    ///
    /// @throws AdmissionException when it cannot serve as a plugin
    PluginModule compile(String name, byte[] wasm, ModuleLimits limits, Profile profile)
            throws InterruptedException {
        turns.acquire();
        try {
            var result = new CompletableFuture<PluginModule>();
            Thread worker =
                    new Thread(
                            null,
                            () -> {
                                Niceness.lower();
                                try {
                                    result.complete(PluginModule.load(name, wasm, limits, profile));
                                } catch (RuntimeException | Error e) {
                                    result.completeExceptionally(e);
                                }
                            },
                            "sluice-compile-" + name,
                            STACK_BYTES);
            worker.setDaemon(true);
            worker.start();
            return get(name, result);
        } finally {
            turns.release();
        }
    }

    private static PluginModule get(String name, CompletableFuture<PluginModule> result)
            throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PluginLoadException refused) {
                throw new AdmissionException(
                        "module_" + refused.reason().name().toLowerCase(Locale.ROOT),
                        String.valueOf(refused.getMessage()),
                        refused);
            }
            throw new AdmissionException(
                    "module_not_compiled",
                    "module %s cannot be compiled: %s".formatted(name, e.getCause()),
                    e);
        }
    }
}
