package dev.sluice.abi.testing;

import dev.sluice.abi.ProxyStatus;
import dev.sluice.abi.spi.SharedData;
import java.util.HashMap;
import java.util.Map;

/// Shared data in a map.
public final class FakeSharedData implements SharedData {
    public final Map<String, Entry> entries = new HashMap<>();
    private int lastCas;

    @Override
    public Entry get(String key) {
        return entries.get(key);
    }

    @Override
    public ProxyStatus set(String key, byte[] value, int cas) {
        Entry present = entries.get(key);
        if (present != null && cas != 0 && cas != present.cas()) {
            return ProxyStatus.CAS_MISMATCH;
        }
        entries.put(key, new Entry(value, ++lastCas));
        return ProxyStatus.OK;
    }
}
