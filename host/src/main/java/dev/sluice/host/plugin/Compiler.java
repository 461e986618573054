package dev.sluice.host.plugin;

import dev.sluice.abi.Profile;
import dev.sluice.abi.vm.ModuleLimits;
import dev.sluice.abi.vm.PluginCode;
import dev.sluice.abi.vm.PluginLoadException;
import dev.sluice.abi.vm.PluginModule;
import dev.sluice.host.loop.Scheduling;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Compiles modules, so many at a time, and loads their code, each on a platform thread with a deep
/// stack.
///
/// Thread: any that may block.
final class Compiler {
    private static final long STACK_BYTES = 64L << 20;

    private final Semaphore turns;
    private final Duration longest;

    /// @param longest what a compilation may take, once it is its turn
    Compiler(int atOnce, Duration longest) {
        turns = new Semaphore(atOnce);
        this.longest = longest;
    }

    /// Blocks until the module is compiled.
    ///
    /// @throws AdmissionException when it cannot serve as a plugin
    PluginCode compile(String name, byte[] wasm, ModuleLimits limits, Profile profile)
            throws InterruptedException {
        return inTurn(name, () -> PluginCode.compile(name, wasm, limits, profile));
    }

    /// Blocks until the JVM has taken the code; waits for no compilation.
    ///
    /// @throws AdmissionException when it cannot serve as a plugin
    PluginModule load(String name, PluginCode code, Profile profile) throws InterruptedException {
        return onWorker(name, () -> PluginModule.load(code, profile), () -> {});
    }

    /// Blocks until it was `work`'s turn and it is done. Work that is given up keeps its turn until
    /// it ends.
    <T> T inTurn(String name, Supplier<T> work) throws InterruptedException {
        turns.acquire();
        return onWorker(name, work, turns::release);
    }

    /// @param end run when the work has ended, or could not begin
    private <T> T onWorker(String name, Supplier<T> work, Runnable end)
            throws InterruptedException {
        var result = new CompletableFuture<T>();
        Runnable task =
                () -> {
                    try {
                        Scheduling.yieldToOthers();
                        result.complete(work.get());
                    } catch (RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    } finally {
                        end.run();
                    }
                };
        try {
            Thread worker = new Thread(null, task, "sluice-compile-" + name, STACK_BYTES);
            worker.setDaemon(true);
            worker.start();
        } catch (RuntimeException | Error e) {
            end.run();
            throw e;
        }
        return get(name, result);
    }

    private <T> T get(String name, CompletableFuture<T> result) throws InterruptedException {
        try {
            return result.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw tooSlow(name, e);
        } catch (ExecutionException e) {
            throw refusal(name, e);
        }
    }

    private AdmissionException tooSlow(String name, TimeoutException cause) {
        return new AdmissionException(
                "module_not_compiled",
                "module %s was not compiled in %d s: try again when the machine has less to do, or use a smaller one"
                        .formatted(name, longest.toSeconds()),
                cause);
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
