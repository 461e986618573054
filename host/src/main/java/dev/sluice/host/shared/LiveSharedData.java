package dev.sluice.host.shared;

import dev.sluice.abi.ProxyStatus;
import dev.sluice.abi.spi.SharedData;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The values of one VM id that running plugins share.
///
/// Thread: any; one key's changes are ordered.
public final class LiveSharedData implements SharedData {
    private static final long MOST_BYTES = 16L << 20;

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();

    /// Guarded by the store.
    int holders;

    LiveSharedData() {}

    @Override
    public @Nullable Entry get(String key) {
        return entries.get(key);
    }

    /// Returns `CAS_MISMATCH` when there is a value with another number, `INTERNAL_FAILURE` when
    /// all values together would be over 16 MiB.
    @Override
    public ProxyStatus set(String key, byte[] value, int cas) {
        var change = new Change(value, cas);
        entries.compute(key, change::apply);
        return change.status;
    }

    /// One try to set a value.
    private final class Change {
        private final byte[] value;
        private final int cas;
        ProxyStatus status = ProxyStatus.OK;

        Change(byte[] value, int cas) {
            this.value = value;
            this.cas = cas;
        }

        @Nullable Entry apply(String key, @Nullable Entry present) {
            if (present != null && cas != 0 && cas != present.cas()) {
                status = ProxyStatus.CAS_MISMATCH;
                return present;
            }
            long before = present == null ? -key.length() : present.value().length;
            long more = value.length - before;
            if (bytes.addAndGet(more) > MOST_BYTES && more > 0) {
                bytes.addAndGet(-more);
                status = ProxyStatus.INTERNAL_FAILURE;
                return present;
            }
            return new Entry(value, present == null ? 1 : next(present.cas()));
        }
    }

    static int next(int cas) {
        return cas == -1 ? 1 : cas + 1;
    }
}
