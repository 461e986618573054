package dev.sluice.host.plugin;

import dev.sluice.abi.GuestFailure;
import dev.sluice.host.loop.Loop;
import io.netty.util.concurrent.Future;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds VMs for a bundle that lost some: at once, and later and later while they are only lost
/// again with a loop's time.
///
/// A VM that is stopped for its use of CPU has cost its loop the whole budget of a callback, and
/// one whose stack overflows not much less, for the JVM frees it frame by frame. When it served
/// less than a hundred times as long it was not worth it, and the next comes after 3 s, and each
/// after that after 30 s. As long as that lasts there is one new VM at a time, for the others wait
/// whether it stays, and no spare until half a minute has passed without such a loss. So loops lose
/// a few thousandths of their time, however many requests make a guest loop. Other faults cost
/// nothing worth waiting for; when there are too many of them the [Breaker] opens. A VM that cannot
/// be built is tried again after 0.1, 1 and then every 10 s.
///
/// Thread: the admission loop; [#isWorthALine] from any.
final class Refill {
    private static final Logger LOG = LoggerFactory.getLogger(Refill.class);
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long FIRST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long TRIAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int WORTH = 100;
    private static final int LATER = 10;

    private final Bundle bundle;
    private final Admission admission;
    private final SequencedSet<Loop> empty = new LinkedHashSet<>();
    private boolean building;
    private @Nullable CompletableFuture<PluginVm> next;
    private long backOffNanos;

    /// After a VM could not be built.
    private long retryNanos;

    private long notBeforeNanos = System.nanoTime();
    private long noSpareBeforeNanos = notBeforeNanos;
    private @Nullable Future<?> timer;
    private long lastBuiltNanos = System.nanoTime() - LONGEST_NANOS;
    private volatile long lastLineNanos = System.nanoTime() - LINE_NANOS;

    /// What a VM was worth in the end.
    enum Worth {
        /// It served long enough for what it cost.
        GOOD,
        /// It served shortly, and cost nothing much.
        CHEAP,
        /// It used up a loop's time.
        WASTE;

        /// @param end how it was lost
        static Worth of(GuestFailure.Kind end, long servedNanos, long budgetNanos) {
            if (servedNanos >= WORTH * budgetNanos) {
                return GOOD;
            }
            return end == GuestFailure.Kind.BUDGET || end == GuestFailure.Kind.STACK_OVERFLOW
                    ? WASTE
                    : CHEAP;
        }
    }

    Refill(Bundle bundle, Admission admission) {
        this.bundle = bundle;
        this.admission = admission;
    }

    /// A VM was lost.
    void lost(Worth worth) {
        if (worth == Worth.GOOD || System.nanoTime() - lastBuiltNanos > LONGEST_NANOS) {
            backOffNanos = 0;
            noSpareBeforeNanos = System.nanoTime();
        }
        if (worth == Worth.WASTE) {
            backOff();
        }
    }

    private void backOff() {
        backOffNanos =
                backOffNanos == 0 ? FIRST_NANOS : Math.min(LONGEST_NANOS, backOffNanos * LATER);
        notBeforeNanos = System.nanoTime() + backOffNanos;
        noSpareBeforeNanos = System.nanoTime() + LONGEST_NANOS;
    }

    /// `loop` has no VM.
    void want(Loop loop) {
        empty.add(loop);
        look();
    }

    /// The spare was used, or has become ready.
    void wantSpare() {
        look();
    }

    /// Whether a failure now should be logged; storms get one line a second.
    boolean isWorthALine() {
        long now = System.nanoTime();
        if (now - lastLineNanos < LINE_NANOS) {
            return false;
        }
        lastLineNanos = now;
        return true;
    }

    /// The bundle is retired: who would be next is not waited for.
    void giveUp() {
        if (next != null) {
            next.cancel(false);
        }
    }

    private boolean isWanted() {
        return !building && !bundle.isRetired() && !(empty.isEmpty() && bundle.hasSpare());
    }

    private void look() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        if (isWanted()) {
            long from = empty.isEmpty() ? noSpareBeforeNanos : notBeforeNanos;
            timer =
                    admission
                            .loops()
                            .admission()
                            .eventLoop()
                            .schedule(this::build, from - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    private void build() {
        timer = null;
        if (!isWanted()) {
            return;
        }
        PluginVm spare = empty.isEmpty() ? null : bundle.takeSpare();
        if (spare != null) {
            lastBuiltNanos = System.nanoTime();
            built(spare);
            return;
        }
        building = true;
        next = admission.build(bundle);
        next.whenComplete((vm, error) -> {
            building = false;
            next = null;
            lastBuiltNanos = System.nanoTime();
            if (error == null) {
                built(vm);
            } else {
                failed(error);
            }
        });
    }

    private void built(PluginVm vm) {
        if (bundle.isRetired()) {
            vm.end();
            return;
        }
        retryNanos = 0;
        boolean early = notBeforeNanos - System.nanoTime() > 0;
        if (empty.isEmpty() || (early && !bundle.hasSpare())) {
            bundle.keep(vm);
        } else {
            if (backOffNanos > 0) {
                notBeforeNanos = System.nanoTime() + TRIAL_NANOS;
            }
            bundle.install(vm, empty.removeFirst(), true);
        }
        look();
    }

    private void failed(Throwable error) {
        if (bundle.isRetired() || (empty.isEmpty() && Admission.isForMemory(error))) {
            return;
        }
        retryNanos =
                retryNanos == 0
                        ? FIRST_RETRY_NANOS
                        : Math.min(LONGEST_RETRY_NANOS, retryNanos * LATER);
        long again = System.nanoTime() + retryNanos;
        if (empty.isEmpty()) {
            noSpareBeforeNanos = again;
        } else {
            notBeforeNanos = again;
        }
        LOG.warn(
                "plugin {} gets no new VM; tried again in {} ms: {}",
                bundle.spec().label(),
                TimeUnit.NANOSECONDS.toMillis(retryNanos),
                error instanceof AdmissionException refused ? refused.getMessage() : error);
        look();
    }
}
