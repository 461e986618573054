package dev.sluice.host.shared;

import dev.sluice.abi.ProxyStatus;
import dev.sluice.abi.spi.SharedData;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Changes that plugins make while they are admitted, kept apart until they are published.
///
/// Thread: any. Until it is published, a lock orders writes, and [#publish] among them.
public final class DraftSharedData implements SharedData {
    @SuppressWarnings("ArrayRecordComponent") // bytes, never compared
    private record Change(byte[] value, int cas, int seen) {}

    private final SharedData live;
    private final Map<String, Change> changes = new ConcurrentHashMap<>();
    private final ReentrantLock drafting = new ReentrantLock();
    private volatile boolean published;

    DraftSharedData(SharedData live) {
        this.live = live;
    }

    @Override
    public @Nullable Entry get(String key) {
        if (published) {
            return live.get(key);
        }
        Change change = changes.get(key);
        return change == null ? live.get(key) : new Entry(change.value(), change.cas());
    }

    @Override
    public ProxyStatus set(String key, byte[] value, int cas) {
        if (published) {
            return live.set(key, value, cas);
        }
        drafting.lock();
        try {
            return published ? live.set(key, value, cas) : change(key, value, cas);
        } finally {
            drafting.unlock();
        }
    }

    private ProxyStatus change(String key, byte[] value, int cas) {
        Entry present = get(key);
        if (present != null && cas != 0 && cas != present.cas()) {
            return ProxyStatus.CAS_MISMATCH;
        }
        Change before = changes.get(key);
        int seen = before == null ? (present == null ? 0 : present.cas()) : before.seen();
        int number = present == null ? 1 : LiveSharedData.next(present.cas());
        changes.put(key, new Change(value, number, seen));
        return ProxyStatus.OK;
    }

    /// Makes the changes live; from now on this is a view of the live values.
    ///
    /// @return how many changes lost to a value that was set meanwhile
    public int publish() {
        drafting.lock();
        try {
            int lost = merge();
            published = true;
            return lost;
        } finally {
            drafting.unlock();
        }
    }

    private int merge() {
        int lost = 0;
        for (Map.Entry<String, Change> each : changes.entrySet()) {
            Change change = each.getValue();
            Entry present = live.get(each.getKey());
            int now = present == null ? 0 : present.cas();
            boolean won =
                    now == change.seen()
                            && live.set(each.getKey(), change.value(), now) == ProxyStatus.OK;
            lost += won ? 0 : 1;
        }
        changes.clear();
        return lost;
    }
}
