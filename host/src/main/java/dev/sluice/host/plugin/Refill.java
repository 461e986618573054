package dev.sluice.host.plugin;

import dev.sluice.host.loop.Loop;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;

/// Builds VMs for a bundle that lost some, slower the more often it happens.
///
/// Thread: the admission loop; [#want], [#wantSpare] and [#isWorthALine] from any loop.
final class Refill {
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Bundle bundle;
    private final Admission admission;
    private final SequencedSet<Loop> empty = new LinkedHashSet<>();
    private boolean building;
    private long backOffNanos;
    private long lastBuiltNanos = System.nanoTime() - LONGEST_NANOS;
    private volatile long lastLineNanos = System.nanoTime() - LINE_NANOS;

    Refill(Bundle bundle, Admission admission) {
        this.bundle = bundle;
        this.admission = admission;
    }

    /// `loop` has no VM.
    void want(Loop loop) {
        admission
                .loops()
                .admission()
                .execute(() -> {
                    empty.add(loop);
                    next();
                });
    }

    /// The spare was used.
    void wantSpare() {
        admission.loops().admission().execute(this::next);
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

    private void next() {
        if (building || bundle.isRetired() || (empty.isEmpty() && bundle.hasSpare())) {
            return;
        }
        building = true;
        long sinceLast = System.nanoTime() - lastBuiltNanos;
        if (sinceLast > LONGEST_NANOS) {
            backOffNanos = 0;
        }
        admission
                .loops()
                .admission()
                .eventLoop()
                .schedule(this::build, backOffNanos, TimeUnit.NANOSECONDS);
        backOffNanos = backOffNanos == 0 ? FIRST_NANOS : Math.min(LONGEST_NANOS, backOffNanos * 2);
    }

    private void build() {
        if (bundle.isRetired()) {
            building = false;
            return;
        }
        admission.build(bundle).whenComplete((vm, error) -> built(vm, error == null));
    }

    private void built(PluginVm vm, boolean good) {
        building = false;
        lastBuiltNanos = System.nanoTime();
        if (good && empty.isEmpty()) {
            bundle.keep(vm);
        } else if (good) {
            bundle.install(vm, empty.removeFirst(), true);
        }
        next();
    }
}
