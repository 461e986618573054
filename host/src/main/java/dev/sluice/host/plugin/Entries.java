package dev.sluice.host.plugin;

import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Arrays;

/// What became of the streams that entered the VMs of one loop, over the last ten seconds.
///
/// Times are those of `System.nanoTime`.
///
/// Thread: its loop; [#sum] also from another, perhaps a moment late.
final class Entries {
    private static final int SECONDS = 10;
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final long[] second = new long[SECONDS];
    private final int[] left = new int[SECONDS];
    private final int[] lost = new int[SECONDS];

    Entries() {
        Arrays.fill(second, Math.floorDiv(Long.MIN_VALUE, SECOND_NANOS));
    }

    /// How many entries there were.
    ///
    /// @param left ended without harm
    /// @param lost cost a VM its life; the other streams in it are in neither number
    record Sum(long left, long lost) {
        Sum plus(Sum other) {
            return new Sum(left + other.left, lost + other.lost);
        }
    }

    /// A stream that began at `startNanos` has left its VM as it should.
    void left(long startNanos) {
        int index = index(startNanos);
        if (index >= 0) {
            left[index]++;
        }
    }

    /// An entry has just failed.
    void lost(long nowNanos) {
        int index = index(nowNanos);
        if (index >= 0) {
            lost[index]++;
        }
    }

    /// What is counted in the ten seconds up to `nowNanos`.
    Sum sum(long nowNanos) {
        long now = Math.floorDiv(nowNanos, SECOND_NANOS);
        long leftSum = 0;
        long lostSum = 0;
        for (int i = 0; i < SECONDS; i++) {
            boolean counts = now - second[i] < SECONDS;
            VarHandle.loadLoadFence();
            if (counts) {
                leftSum += left[i];
                lostSum += lost[i];
            }
        }
        return new Sum(leftSum, lostSum);
    }

    /// Forgets everything.
    void clear() {
        Arrays.fill(left, 0);
        Arrays.fill(lost, 0);
    }

    /// Where a moment is counted, or -1 when it is too long ago.
    private int index(long nanos) {
        long when = Math.floorDiv(nanos, SECOND_NANOS);
        int index = Math.floorMod(when, SECONDS);
        if (second[index] != when) {
            if (second[index] > when) {
                return -1;
            }
            left[index] = 0;
            lost[index] = 0;
            VarHandle.storeStoreFence();
            second[index] = when;
        }
        return index;
    }
}
