package dev.sluice.host.plugin;

import dev.sluice.abi.spi.Clock;
import dev.sluice.abi.vm.GuestStartException;
import dev.sluice.abi.vm.PluginModule;
import dev.sluice.host.loop.Loop;
import dev.sluice.host.loop.Loops;
import dev.sluice.host.shared.SharedStore;
import dev.sluice.host.upstream.Clusters;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings bundles to serve: builds, starts and configures their VMs on the admission loop, with
/// working call-outs and ticks, and hands them over.
///
/// Thread: [#admit] from any; the rest on the admission loop.
public final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final Loops loops;
    private final Clock clock;
    private final SharedStore shared;
    private final GuestMemoryUse memory;

    /// How long an admission may wait for a plugin's own fetches.
    ///
    /// @param callouts whether it waits at all
    /// @param deadline longest wait
    public record Wait(boolean callouts, Duration deadline) {}

    public Admission(Loops loops, Clock clock, SharedStore shared, GuestMemoryUse memory) {
        this.loops = loops;
        this.clock = clock;
        this.shared = shared;
        this.memory = memory;
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
        loops.admission().execute(() -> fill(bundle, 0, result));
        return result;
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

    private void fill(Bundle bundle, int index, CompletableFuture<Bundle> result) {
        build(bundle)
                .whenComplete((vm, error) -> {
                    if (error != null && index == loops.serving().size() && isForMemory(error)) {
                        loops.barrier().thenRun(() -> result.complete(bundle));
                    } else if (error != null) {
                        bundle.retire();
                        bundle.closed().thenRun(() -> result.completeExceptionally(error));
                    } else if (index < loops.serving().size()) {
                        Loop loop = loops.serving().get(index);
                        bundle.install(vm, loop, false);
                        fill(bundle, index + 1, result);
                    } else {
                        bundle.keep(vm);
                        loops.barrier().thenRun(() -> result.complete(bundle));
                    }
                });
    }

    /// The spare is a comfort: a bundle serves without it where the budget has no room.
    private static boolean isForMemory(Throwable error) {
        return error instanceof AdmissionException refused
                && refused.code().equals(GuestMemoryUse.EXHAUSTED);
    }

    /// Builds and starts a VM, and waits for its fetches as its plugins ask for.
    CompletableFuture<PluginVm> build(Bundle bundle) {
        Wait wait = bundle.admissionWait();
        PluginVm vm;
        try {
            memory.check(bundle.spec().label());
            vm = instantiate(bundle);
        } catch (AdmissionException e) {
            return CompletableFuture.failedFuture(e);
        }
        try {
            vm.start();
            memory.check(bundle.spec().label());
            vm.boundMemory();
        } catch (AdmissionException e) {
            vm.close();
            return CompletableFuture.failedFuture(e);
        }
        if (!wait.callouts() || vm.wasm().outstandingCalls() == 0) {
            return CompletableFuture.completedFuture(vm);
        }
        var waiting = new Waiting(vm, wait.deadline());
        vm.onChange(waiting::look);
        return waiting.done;
    }

    private PluginVm instantiate(Bundle bundle) {
        var log = PluginLog.of(bundle.spec().plugins().getFirst(), bundle.spec().vmId());
        var share = memory.open(bundle.module().initialMemoryBytes());
        try {
            return new PluginVm(bundle, clock, loops.admission(), new StartLog(log), share);
        } catch (GuestStartException e) {
            share.close();
            throw new AdmissionException(
                    "plugin_start_failed",
                    "plugin %s: %s failed: %s"
                            .formatted(
                                    bundle.spec().label(),
                                    e.failure().callback(),
                                    PluginVm.describe(e.failure())),
                    e);
        }
    }

    /// A VM whose own fetches have not all ended.
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
        }

        void look() {
            var failure = vm.wasm().failure();
            if (failure != null) {
                end(
                        new AdmissionException(
                                "plugin_start_failed",
                                "plugin %s: %s failed: %s"
                                        .formatted(
                                                vm.bundle().spec().label(),
                                                failure.callback(),
                                                PluginVm.describe(failure))));
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
            if (done.isDone()) {
                return;
            }
            deadline.cancel(false);
            vm.onChange(() -> {});
            if (error == null) {
                done.complete(vm);
            } else {
                loops.admission()
                        .execute(() -> {
                            vm.close();
                            done.completeExceptionally(error);
                        });
            }
        }
    }
}
