package dev.sluice.host.plugin;

import dev.sluice.abi.GuestFailure;
import dev.sluice.abi.spi.SharedData;
import dev.sluice.abi.vm.PluginModule;
import dev.sluice.host.loop.Loop;
import dev.sluice.host.shared.DraftSharedData;
import dev.sluice.host.upstream.Clusters;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The plugins that share a VM identity, with a VM slot per loop and a spare.
///
/// Generations share it as long as its spec is the same. Life: built by [Admission], serving,
/// draining after [#retire], closed when the last stream that began on it has ended.
///
/// Thread: any, but each slot is its loop's and replacement happens on the admission loop.
public final class Bundle {
    private static final Logger LOG = LoggerFactory.getLogger(Bundle.class);

    private final BundleSpec spec;
    private final PluginModule module;
    private final Admission admission;
    private final Admission.Wait wait;
    private final DraftSharedData sharedData;
    private final List<LogLimiter> limiters;
    private final Slot[] slots;
    private final AtomicReference<@Nullable PluginVm> spare = new AtomicReference<>();

    /// VMs that are not closed, and one for the bundle's own life.
    private final AtomicInteger open = new AtomicInteger(1);

    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile Clusters clusters;
    private volatile boolean retired;
    private final Refill refill;

    /// What one loop holds; touched by that loop alone.
    private static final class Slot {
        @Nullable PluginVm vm;
    }

    Bundle(
            BundleSpec spec,
            PluginModule module,
            Admission admission,
            Admission.Wait wait,
            DraftSharedData sharedData,
            Clusters clusters) {
        this.spec = spec;
        this.module = module;
        this.admission = admission;
        this.wait = wait;
        this.sharedData = sharedData;
        this.clusters = clusters;
        limiters = spec.plugins().stream().map(each -> new LogLimiter(each.logLines())).toList();
        slots =
                IntStream.range(0, admission.loops().serving().size())
                        .mapToObj(_ -> new Slot())
                        .toArray(Slot[]::new);
        refill = new Refill(this, admission);
    }

    /// Its identity.
    public BundleSpec spec() {
        return spec;
    }

    /// Its code.
    public PluginModule module() {
        return module;
    }

    /// How long a VM of it may wait for its own fetches before it serves.
    Admission.Wait admissionWait() {
        return wait;
    }

    /// Bytes of guest memory that its VMs hold.
    public long memoryBytes() {
        return admission.memory().of(this);
    }

    /// Completes when its last VM is closed after [#retire].
    public CompletableFuture<Void> closed() {
        return closed;
    }

    /// The upstreams that its plugins may call outside any stream.
    Clusters clusters() {
        return clusters;
    }

    /// Names the newest generation's upstreams.
    public void clusters(Clusters newest) {
        clusters = newest;
    }

    SharedData sharedData() {
        return sharedData;
    }

    LogLimiter limiter(int index) {
        return limiters.get(index);
    }

    /// The VM that serves `loop`, which must be current, or null while there is none.
    @Nullable PluginVm vm(Loop loop) {
        return slots[loop.index()].vm;
    }

    /// Its shared-data changes become everybody's: it is about to serve.
    ///
    /// @return how many changes lost to a value that was set meanwhile
    public int mergeSharedData() {
        return sharedData.publish();
    }

    /// Its ticks begin: every loop serves with it.
    public void resumeTicks() {
        for (Loop loop : admission.loops().serving()) {
            loop.execute(() -> {
                PluginVm vm = slots[loop.index()].vm;
                if (vm != null) {
                    vm.resumeTicks();
                }
            });
        }
    }

    /// Puts a VM that was just built into the slot of `loop`. Admission loop.
    void install(PluginVm vm, Loop loop, boolean ticks) {
        vm.pauseTicks();
        vm.handOver(loop);
        open.incrementAndGet();
        admission.memory().hold(vm);
        loop.execute(() -> take(vm, loop, ticks));
    }

    /// Keeps a VM that was just built for the moment one is lost. Admission loop.
    void keep(PluginVm vm) {
        vm.pauseTicks();
        open.incrementAndGet();
        admission.memory().hold(vm);
        spare.set(vm);
        if (retired) {
            dropSpare();
        }
    }

    boolean hasSpare() {
        return spare.get() != null;
    }

    boolean isRetired() {
        return retired;
    }

    private void take(PluginVm vm, Loop loop, boolean ticks) {
        slots[loop.index()].vm = vm;
        if (retired) {
            slots[loop.index()].vm = null;
            vm.drain();
        } else if (ticks) {
            vm.resumeTicks();
        }
    }

    /// A VM has failed, on its loop: the spare steps in, and a new one is asked for.
    void lost(PluginVm vm, GuestFailure failure) {
        Loop loop = vm.home();
        loop.counters().pluginFailures++;
        if (failure.kind() == GuestFailure.Kind.BUDGET) {
            loop.counters().pluginInterrupts++;
        }
        if (refill.isWorthALine()) {
            LOG.warn(
                    "plugin {} stopped in {}: {}",
                    spec.label(),
                    failure.callback(),
                    PluginVm.describe(failure));
        }
        if (spare.compareAndSet(vm, null)) {
            vm.drain();
            refill.wantSpare();
            return;
        }
        if (loop.index() >= slots.length || slots[loop.index()].vm != vm) {
            return;
        }
        slots[loop.index()].vm = null;
        vm.drain();
        if (retired) {
            return;
        }
        PluginVm next = spare.getAndSet(null);
        if (next == null) {
            refill.want(loop);
        } else {
            next.handOver(loop);
            take(next, loop, true);
            refill.wantSpare();
        }
    }

    void closed(PluginVm vm) {
        admission.memory().release(vm);
        end();
    }

    private void end() {
        if (open.decrementAndGet() == 0) {
            admission.sharedStore().release(spec.sharedDataId());
            closed.complete(null);
        }
    }

    /// No exchange takes it from now on: every VM is closed when its last stream has ended.
    public void retire() {
        if (retired) {
            return;
        }
        retired = true;
        dropSpare();
        for (Loop loop : admission.loops().serving()) {
            loop.execute(() -> {
                PluginVm vm = slots[loop.index()].vm;
                slots[loop.index()].vm = null;
                if (vm != null) {
                    vm.drain();
                }
            });
        }
        admission.loops().barrier().thenRun(this::end);
    }

    private void dropSpare() {
        PluginVm unused = spare.getAndSet(null);
        if (unused != null) {
            admission
                    .loops()
                    .admission()
                    .execute(() -> {
                        unused.close();
                        closed(unused);
                    });
        }
    }
}
