package dev.sluice.host.plugin;

import dev.sluice.abi.GuestFailure;
import dev.sluice.abi.spi.Clock;
import dev.sluice.abi.vm.GuestStartException;
import dev.sluice.abi.vm.PluginModule;
import dev.sluice.host.loop.Loops;
import dev.sluice.host.shared.SharedStore;
import dev.sluice.host.upstream.Clusters;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings bundles to serve: builds, starts and configures their VMs on the admission loop, with
/// working call-outs and ticks, and hands them over.
///
/// Thread: [#admit] from any; the rest on the admission loop, where nothing else is said.
public final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final Loops loops;
    private final Clock clock;
    private final SharedStore shared;
    private final GuestMemoryUse memory;
    private final WarmUp warmUp;

    /// How long an admission may wait for a plugin's own fetches.
    ///
    /// @param callouts whether it waits at all
    /// @param deadline longest wait
    public record Wait(boolean callouts, Duration deadline) {}

    public Admission(
            Loops loops,
            Watchdog watchdog,
            Clock clock,
            SharedStore shared,
            GuestMemoryUse memory) {
        this.loops = loops;
        this.clock = clock;
        this.shared = shared;
        this.memory = memory;
        warmUp = new WarmUp(watchdog, clock, memory);
    }

    Loops loops() {
        return loops;
    }

    GuestMemoryUse memory() {
        return memory;
    }

    SharedStore sharedStore() {
        return shared;
    }

    /// Builds a bundle with a VM in every slot and a spare where there is room; each loop has its
    /// own when this completes.
    ///
    /// @param draft the upstreams its plugins may call meanwhile
    /// @return completes with a bundle that serves, or with an [AdmissionException]; then nothing
    ///   is left
    public CompletableFuture<Bundle> admit(
            BundleSpec spec, PluginModule module, Clusters draft, Wait wait) {
        var data = SharedStore.draft(shared.hold(spec.sharedDataId()));
        var bundle = new Bundle(spec, module, this, wait, data, draft);
        warnOfUnknownImports(bundle);
        var result = new CompletableFuture<Bundle>();
        loops.admission().execute(() -> fill(bundle, new ArrayList<>(), result));
        return result;
    }

    /// Blocks until the JVM has begun to compile the code of `bundle`.
    ///
    /// Thread: the control thread.
    public void warmUp(Bundle bundle) throws InterruptedException {
        warmUp.run(bundle);
    }

    private static void warnOfUnknownImports(Bundle bundle) {
        List<String> unknown = bundle.module().unknownImports();
        if (!unknown.isEmpty()) {
            LOG.warn(
                    "plugin {} imports functions of proxy-wasm that this gateway does not know; they"
                            + " answer 12, unimplemented: {}",
                    bundle.spec().label(),
                    String.join(", ", unknown));
        }
    }

    /// Builds one VM after the other, each in a turn of its own, since the fetches of those before
    /// go on meanwhile; then all of these are waited for.
    private void fill(
            Bundle bundle,
            List<CompletableFuture<PluginVm>> vms,
            CompletableFuture<Bundle> result) {
        try {
            vms.add(build(bundle));
        } catch (RuntimeException | Error bug) {
            result.completeExceptionally(bug);
            return;
        }
        if (vms.size() <= loops.serving().size() && !vms.getLast().isCompletedExceptionally()) {
            // a scheduled task waits for the next turn of the loop, a plain one would not
            loops.admission()
                    .eventLoop()
                    .schedule(() -> fill(bundle, vms, result), 0, TimeUnit.NANOSECONDS);
            return;
        }
        CompletableFuture.allOf(vms.toArray(CompletableFuture<?>[]::new))
                .handle((_, _) -> {
                    serve(bundle, vms, result);
                    return bundle;
                })
                .whenComplete((_, bug) -> {
                    if (bug != null) {
                        result.completeExceptionally(bug);
                    }
                });
    }

    /// @param vms all built or failed, one for each loop and the spare after them; none after the
    ///   first that failed at once
    private void serve(
            Bundle bundle,
            List<CompletableFuture<PluginVm>> vms,
            CompletableFuture<Bundle> result) {
        int slots = loops.serving().size();
        for (int i = 0; i < vms.size(); i++) {
            Throwable error = vms.get(i).handle(Admission::problem).join();
            if (error != null && !(i == slots && isForMemory(error))) {
                refuse(bundle, vms, error, result);
                return;
            }
        }
        for (int i = 0; i < slots; i++) {
            bundle.install(vms.get(i).join(), loops.serving().get(i), false);
        }
        if (!vms.getLast().isCompletedExceptionally()) {
            bundle.keep(vms.getLast().join());
        }
        loops.barrier().thenRun(() -> result.complete(bundle));
    }

    /// Why a VM cannot serve; one that was ready may have failed while others were waited for.
    private static @Nullable Throwable problem(@Nullable PluginVm vm, @Nullable Throwable error) {
        GuestFailure failure = vm == null ? null : vm.wasm().failure();
        return vm == null || failure == null ? error : startFailed(vm.bundle(), failure);
    }

    private static void refuse(
            Bundle bundle,
            List<CompletableFuture<PluginVm>> vms,
            Throwable error,
            CompletableFuture<Bundle> result) {
        vms.forEach(each -> each.thenAccept(PluginVm::end));
        bundle.discard();
        bundle.closed().thenRun(() -> result.completeExceptionally(error));
    }

    /// The spare is a comfort: a bundle serves without it where the budget has no room.
    static boolean isForMemory(Throwable error) {
        return error instanceof AdmissionException refused
                && refused.code().equals(GuestMemoryUse.EXHAUSTED);
    }

    /// Builds and starts a VM, and waits for its fetches as its plugins ask for.
    ///
    /// @return never stays open, whatever is thrown meanwhile; when it fails, or is completed as
    ///   failed by who waits for it, nothing is left
    CompletableFuture<PluginVm> build(Bundle bundle) {
        Wait wait = bundle.admissionWait();
        PluginVm vm = null;
        try {
            memory.check(bundle.spec().label());
            vm = instantiate(bundle);
            bundle.made(vm);
            vm.start();
            memory.check(bundle.spec().label());
            vm.boundMemory();
        } catch (RuntimeException | Error e) {
            if (vm != null) {
                vm.end();
            }
            return CompletableFuture.failedFuture(e);
        }
        if (!wait.callouts() || vm.wasm().outstandingCalls() == 0) {
            return CompletableFuture.completedFuture(vm);
        }
        var waiting = new Waiting(vm, wait.deadline());
        vm.onChange(() -> loops.admission().execute(waiting::look));
        return waiting.done;
    }

    private PluginVm instantiate(Bundle bundle) {
        var log = PluginLog.of(bundle.spec().plugins().getFirst(), bundle.spec().vmId());
        var share = memory.open(bundle.module().initialMemoryBytes());
        try {
            return new PluginVm(bundle, clock, loops.admission(), new StartLog(log), share);
        } catch (GuestStartException e) {
            share.close();
            throw startFailed(bundle, e.failure());
        } catch (RuntimeException | Error e) {
            share.close();
            throw e;
        }
    }

    private static AdmissionException startFailed(Bundle bundle, GuestFailure failure) {
        return new AdmissionException(
                "plugin_start_failed",
                "plugin %s: %s failed: %s"
                        .formatted(
                                bundle.spec().label(),
                                failure.callback(),
                                PluginVm.describe(failure)));
    }

    /// A VM whose own fetches have not all ended; looked at when nobody is inside it.
    private final class Waiting {
        final CompletableFuture<PluginVm> done = new CompletableFuture<>();
        private final PluginVm vm;
        private final Future<?> deadline;

        Waiting(PluginVm vm, Duration longest) {
            this.vm = vm;
            deadline =
                    loops.admission()
                            .eventLoop()
                            .schedule(
                                    () -> expire(longest), longest.toNanos(), TimeUnit.NANOSECONDS);
            done.whenComplete((_, error) -> ended(error));
        }

        void look() {
            var failure = vm.wasm().failure();
            if (failure != null) {
                end(startFailed(vm.bundle(), failure));
            } else if (vm.wasm().outstandingCalls() == 0) {
                end(null);
            }
        }

        private void expire(Duration longest) {
            end(
                    new AdmissionException(
                            "plugin_callouts_unfinished",
                            ("plugin %s: %d call-outs had not ended after %d ms: check the upstream"
                                            + " it calls, raise admission.deadline, or set"
                                            + " admission.await: none")
                                    .formatted(
                                            vm.bundle().spec().label(),
                                            vm.wasm().outstandingCalls(),
                                            longest.toMillis())));
        }

        private void end(@Nullable AdmissionException error) {
            if (error == null) {
                done.complete(vm);
            } else {
                done.completeExceptionally(error);
            }
        }

        private void ended(@Nullable Throwable error) {
            deadline.cancel(false);
            vm.onChange(() -> {});
            if (error != null) {
                vm.end();
            }
        }
    }
}
