package dev.sluice.host.shared;

import dev.sluice.abi.ProxyStatus;
import dev.sluice.abi.spi.SharedData;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The values of one VM id that running plugins share.
///
/// Thread: any; one key's changes are ordered.
public final class LiveSharedData implements SharedData {
    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

    /// Guarded by the store.
    int holders;

    LiveSharedData() {}

    @Override
    public @Nullable Entry get(String key) {
        return entries.get(key);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // whether it is this very value that was stored
    public ProxyStatus set(String key, byte[] value, int cas) {
        Entry after =
                entries.compute(
                        key,
                        (_, present) -> {
                            if (present == null) {
                                return new Entry(value, 1);
                            }
                            boolean fits = cas == 0 || cas == present.cas();
                            return fits ? new Entry(value, next(present.cas())) : present;
                        });
        return after.value() == value ? ProxyStatus.OK : ProxyStatus.CAS_MISMATCH;
    }

    static int next(int cas) {
        return cas == -1 ? 1 : cas + 1;
    }
}
