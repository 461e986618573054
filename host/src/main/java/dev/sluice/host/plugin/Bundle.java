package dev.sluice.host.plugin;

import dev.sluice.abi.GuestFailure;
import dev.sluice.abi.spi.SharedData;
import dev.sluice.abi.vm.PluginModule;
import dev.sluice.host.loop.Loop;
import dev.sluice.host.shared.DraftSharedData;
import dev.sluice.host.upstream.Clusters;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
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
    private final Slots slots;

    /// A VM that nothing enters, since it does not tick and waits for no call-out: any loop may
    /// take it at once.
    private final AtomicReference<@Nullable PluginVm> spare = new AtomicReference<>();

    /// What becomes the spare when its call-outs have ended. Admission loop.
    private @Nullable PluginVm settling;

    /// VMs that are not closed, and one for the bundle's own life.
    private final AtomicInteger open = new AtomicInteger(1);

    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile Clusters clusters;
    private volatile boolean retired;
    private final Refill refill;
    private final Breaker breaker = new Breaker();
    private final AtomicLong lost = new AtomicLong();

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
        slots = new Slots(admission.loops().serving());
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

    /// How many of its VMs were lost so far.
    public long lostMachines() {
        return lost.get();
    }

    /// Whether nothing enters it for a while, because too many entries cost it a VM.
    public boolean isBroken() {
        return breaker.isOpen();
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

    /// The VM that a stream on `loop`, which must be current, may enter, or null while there is
    /// none.
    @Nullable PluginVm vm(Loop loop) {
        return breaker.isOpen() ? null : slots.enter(loop);
    }

    /// Whether `loop`, which must be current and has no VM, gets one in a moment.
    boolean isAwaited(Loop loop) {
        return !breaker.isOpen() && slots.isAwaited(loop);
    }

    /// Has `who` look again when it came or will not come; `loop` must be current.
    void await(Loop loop, LatePlugin who) {
        slots.await(loop, who);
    }

    /// `who` waits no more; `loop` must be current.
    void forget(Loop loop, LatePlugin who) {
        slots.forget(loop, who);
    }

    /// A VM for `loop` cannot be built now.
    void notSoon(Loop loop) {
        loop.execute(() -> slots.awaited(loop, false));
    }

    /// A stream that began at `startNanos` has left its VM unharmed on `loop`, which must be
    /// current.
    void left(Loop loop, long startNanos) {
        slots.left(loop, startNanos);
    }

    /// Its shared-data changes become everybody's: it is about to serve.
    ///
    /// @return how many changes lost to a value that was set meanwhile
    public int mergeSharedData() {
        return sharedData.publish();
    }

    /// Its ticks begin: every loop serves with it.
    public void resumeTicks() {
        slots.withEach(PluginVm::resumeTicks);
    }

    /// Counts a VM in; [#closed] counts it out. Admission loop.
    void made(PluginVm vm) {
        open.incrementAndGet();
        admission.memory().hold(vm);
    }

    /// Puts a VM that was just built into the slot of `loop`. Admission loop.
    void install(PluginVm vm, Loop loop, boolean ticks) {
        vm.pauseTicks();
        vm.handOver(loop);
        loop.execute(() -> take(vm, loop, ticks));
    }

    /// Keeps a VM that was just built for the moment one is lost. Admission loop.
    void keep(PluginVm vm) {
        vm.pauseTicks();
        settling = vm;
        vm.onChange(() -> onAdmission(this::settle));
        settle();
    }

    private void settle() {
        PluginVm vm = settling;
        if (vm != null && vm.wasm().outstandingCalls() == 0) {
            settling = null;
            vm.onChange(() -> {});
            spare.set(vm);
            refill.settled();
        }
    }

    /// The spare, which the caller puts to use; null when there is none.
    @Nullable PluginVm takeSpare() {
        return spare.getAndSet(null);
    }

    /// Whether there is a spare, or will be one. Admission loop.
    boolean hasSpare() {
        return settling != null || spare.get() != null;
    }

    boolean isRetired() {
        return retired;
    }

    private void take(PluginVm vm, Loop loop, boolean ticks) {
        if (retired) {
            vm.drain();
            return;
        }
        slots.put(loop, vm);
        if (ticks) {
            vm.resumeTicks();
        }
    }

    /// A VM has failed, on its loop: the spare steps in, unless it has to wait its turn, and a new
    /// one is asked for.
    void lost(PluginVm vm, GuestFailure failure) {
        Loop loop = vm.home();
        count(loop, failure);
        if (!slots.has(loop, vm)) {
            if (loop == admission.loops().admission() && vm == settling) {
                settling = null;
                refill.lost(worth(vm, failure, System.nanoTime()), null);
            }
            return;
        }
        long now = System.nanoTime();
        slots.put(loop, null);
        slots.lost(loop, now);
        if (retired) {
            return;
        }
        judge(loop, now);
        Refill.Worth worth = worth(vm, failure, now);
        PluginVm next = worth.speaksForTheSpare(vm.servedNanos(now)) ? takeSpare() : null;
        if (next != null) {
            next.handOver(loop);
            take(next, loop, true);
        } else {
            slots.awaited(loop, worth.isReplacedAtOnce());
        }
        onAdmission(() -> refill.lost(worth, next == null ? loop : null));
    }

    private Refill.Worth worth(PluginVm vm, GuestFailure failure, long now) {
        return Refill.Worth.of(
                failure.kind(),
                vm.wasEntered(),
                vm.servedNanos(now),
                spec.limits().callbackBudget().toNanos());
    }

    private void count(Loop loop, GuestFailure failure) {
        lost.incrementAndGet();
        loop.counters().pluginFailures++;
        if (failure.kind() == GuestFailure.Kind.BUDGET) {
            loop.counters().pluginInterrupts++;
        }
        if (!refill.isWorthALine()) {
            return;
        }
        if (retired) {
            log(failure); // the admission loop may have ended
        } else {
            onAdmission(() -> log(failure));
        }
    }

    /// Takes long for a loop that others wait for.
    private void log(GuestFailure failure) {
        LOG.warn(
                "plugin {} stopped in {}: {}",
                spec.label(),
                failure.callback(),
                PluginVm.describe(failure));
    }

    private void onAdmission(Runnable task) {
        admission.loops().admission().execute(task);
    }

    /// Opens the breaker when it has to: then nothing enters from now on, on any loop. `loop` is
    /// the current one.
    private void judge(Loop loop, long now) {
        Entries.Sum sum = slots.sum(now);
        long nanos = breaker.lost(sum, now);
        if (nanos == 0) {
            return;
        }
        LOG.warn(
                "plugin {} is left out for {} ms: {} of {} entries cost a VM",
                spec.label(),
                TimeUnit.NANOSECONDS.toMillis(nanos),
                sum.lost(),
                sum.lost() + sum.left());
        loop.counters().breakersOpened++;
        admission
                .loops()
                .admission()
                .eventLoop()
                .schedule(this::letIn, nanos, TimeUnit.NANOSECONDS);
    }

    private void letIn() {
        slots.forget().thenRun(() -> breaker.close(System.nanoTime()));
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
        retire(PluginVm::drain);
    }

    /// It never served: its VMs are closed at once, whatever they wait for.
    public void discard() {
        retire(PluginVm::end);
    }

    private void retire(Consumer<PluginVm> last) {
        if (retired) {
            return;
        }
        retired = true;
        onAdmission(() -> {
            dropSpare();
            refill.giveUp();
        });
        slots.empty(last);
        admission.loops().barrier().thenRun(this::end);
    }

    private void dropSpare() {
        PluginVm unused = settling == null ? spare.getAndSet(null) : settling;
        settling = null;
        if (unused != null) {
            unused.end();
        }
    }
}
