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

/// Builds VMs for a bundle that lost some: at once, but later and later for a loop whose time was
/// wasted.
///
/// A VM that is stopped for its use of CPU has cost its loop the whole budget of a callback, and
/// one whose stack overflows some 10 ms, for the JVM frees it frame by frame. When it served less
/// than a hundred times such a budget it was not worth it, and its loop gets the next one after 3
/// s, and after that every 30 s. As long as that lasts, such loops get one new VM at a time, for
/// the others wait whether it stays, and there is no spare until half a minute has passed without
/// such a loss. Other faults cost nothing worth waiting for; when there are too many of them the
/// [Breaker] opens. A VM that cannot be built, or that was lost before any stream was in it, is
/// tried again after 0.1, 1 and then every 10 s; after such a loss the next one shows that it stays
/// for as long again before there is a spare.
///
/// Thread: the admission loop; [#isWorthALine] from any.
final class Refill {
    private static final Logger LOG = LoggerFactory.getLogger(Refill.class);
    private static final BackOff WASTED =
            new BackOff(TimeUnit.SECONDS.toNanos(3), TimeUnit.SECONDS.toNanos(30));
    private static final BackOff FAILED =
            new BackOff(TimeUnit.MILLISECONDS.toNanos(100), TimeUnit.SECONDS.toNanos(10));
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long TRIAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int WORTH = 100;

    private final Bundle bundle;
    private final Admission admission;

    /// Loops that lost their VM and get the next one at once.
    private final SequencedSet<Loop> empty = new LinkedHashSet<>();

    /// Loops whose VM wasted their time.
    private final SequencedSet<Loop> wasted = new LinkedHashSet<>();

    private boolean building;
    private @Nullable CompletableFuture<PluginVm> next;
    private long wastedPauseNanos;
    private long pauseEndsNanos = System.nanoTime();
    private long trialEndsNanos = pauseEndsNanos;
    private long failedPauseNanos;
    private long failedPauseEndsNanos = pauseEndsNanos;
    private long notBeforeNanos = pauseEndsNanos;
    private long noSpareBeforeNanos = pauseEndsNanos;
    private @Nullable Future<?> timer;
    private long lastBuiltNanos = System.nanoTime() - WASTED.longestNanos();
    private volatile long lastLineNanos = System.nanoTime() - LINE_NANOS;

    /// What a VM was worth in the end.
    enum Worth {
        /// It served long enough for what it cost.
        GOOD,
        /// It served shortly, and cost nothing much.
        CHEAP,
        /// No stream was ever in it: it might as well not have been built.
        NOTHING,
        /// It used up a loop's time.
        WASTE;

        /// @param end how it was lost
        /// @param entered whether any stream was in it
        static Worth of(
                GuestFailure.Kind end, boolean entered, long servedNanos, long budgetNanos) {
            if (servedNanos >= WORTH * budgetNanos) {
                return GOOD;
            }
            if (end == GuestFailure.Kind.BUDGET || end == GuestFailure.Kind.STACK_OVERFLOW) {
                return WASTE;
            }
            return entered ? CHEAP : NOTHING;
        }

        /// Whether its loop gets the next one as soon as it is built.
        boolean isReplacedAtOnce() {
            return this == GOOD || this == CHEAP;
        }

        /// Whether a VM just like it may step in at once.
        boolean speaksForTheSpare(long servedNanos) {
            return this != WASTE || servedNanos > 0;
        }
    }

    Refill(Bundle bundle, Admission admission) {
        this.bundle = bundle;
        this.admission = admission;
    }

    /// A VM was lost.
    ///
    /// @param left the loop that has none now, or null
    void lost(Worth worth, @Nullable Loop left) {
        long now = System.nanoTime();
        if ((worth == Worth.GOOD && wasted.isEmpty()) || isCalm(now)) {
            wastedPauseNanos = 0;
            noSpareBeforeNanos = now;
        }
        if (left != null) {
            (worth == Worth.WASTE ? wasted : empty).add(left);
        }
        switch (worth) {
            case WASTE -> pause(now);
            case NOTHING -> {
                again();
                noSpareBeforeNanos =
                        later(noSpareBeforeNanos, failedPauseEndsNanos + failedPauseNanos);
            }
            case GOOD, CHEAP -> {
                if (left != null && notBeforeNanos - now > 0) {
                    bundle.notSoon(left);
                }
            }
        }
        look();
    }

    /// Neither was a loop's time wasted for long, nor is there a VM that may do it yet.
    private boolean isCalm(long now) {
        return now - later(noSpareBeforeNanos, lastBuiltNanos + WASTED.longestNanos()) > 0;
    }

    /// Loops that are wasted during a pause wait for its end together.
    private void pause(long now) {
        if (pauseEndsNanos - now <= 0) {
            wastedPauseNanos = WASTED.after(wastedPauseNanos);
            pauseEndsNanos = now + wastedPauseNanos;
        }
        noSpareBeforeNanos = now + WASTED.longestNanos();
    }

    /// The spare is ready.
    void settled() {
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
        cancelTimer();
        if (next != null) {
            next.cancel(false);
        }
    }

    private boolean isFull() {
        return empty.isEmpty() && wasted.isEmpty();
    }

    private boolean isWanted() {
        return !building && !bundle.isRetired() && !(isFull() && bundle.hasSpare());
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void look() {
        cancelTimer();
        if (isWanted()) {
            timer =
                    admission
                            .loops()
                            .admission()
                            .eventLoop()
                            .schedule(
                                    this::build,
                                    fromNanos() - System.nanoTime(),
                                    TimeUnit.NANOSECONDS);
        }
    }

    private long fromNanos() {
        if (isFull()) {
            return noSpareBeforeNanos;
        }
        return empty.isEmpty()
                ? later(notBeforeNanos, later(pauseEndsNanos, trialEndsNanos))
                : notBeforeNanos;
    }

    private static long later(long nanos, long otherNanos) {
        return nanos - otherNanos > 0 ? nanos : otherNanos;
    }

    private void build() {
        timer = null;
        if (!isWanted()) {
            return;
        }
        PluginVm spare = isFull() ? null : bundle.takeSpare();
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
        long now = System.nanoTime();
        if (!empty.isEmpty()) {
            bundle.install(vm, empty.removeFirst(), true);
        } else if (wasted.isEmpty() || (pauseEndsNanos - now > 0 && !bundle.hasSpare())) {
            bundle.keep(vm);
        } else {
            trialEndsNanos = now + TRIAL_NANOS;
            bundle.install(vm, wasted.removeFirst(), true);
        }
        look();
    }

    private void failed(Throwable error) {
        if (bundle.isRetired() || (isFull() && Admission.isForMemory(error))) {
            return;
        }
        again();
        empty.forEach(bundle::notSoon);
        LOG.warn(
                "plugin {} gets no new VM; tried again in {} ms: {}",
                bundle.spec().label(),
                TimeUnit.NANOSECONDS.toMillis(failedPauseNanos),
                error instanceof AdmissionException refused ? refused.getMessage() : error);
        look();
    }

    /// What fails during a pause waits for its end with the rest. After ten seconds without a
    /// failure the pauses begin anew.
    private void again() {
        long now = System.nanoTime();
        if (failedPauseEndsNanos - now <= 0) {
            boolean anew = now - failedPauseEndsNanos > FAILED.longestNanos();
            failedPauseNanos = FAILED.after(anew ? 0 : failedPauseNanos);
            failedPauseEndsNanos = now + failedPauseNanos;
        }
        noSpareBeforeNanos = later(noSpareBeforeNanos, failedPauseEndsNanos);
        if (!isFull()) {
            notBeforeNanos = failedPauseEndsNanos;
        }
    }
}
