package dev.sluice.registry.embedded;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// Storage that ends with the process.
public final class MemoryStorage implements Storage {
    private final ConcurrentSkipListMap<String, byte[]> entries = new ConcurrentSkipListMap<>();

    @Override
    public Optional<byte[]> read(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    @Override
    public void write(String key, byte[] bytes) {
        entries.put(key, bytes);
    }

    @Override
    public boolean delete(String key) {
        return entries.remove(key) != null;
    }

    @Override
    public List<String> keys(String prefix) {
        return List.copyOf(entries.subMap(prefix, prefix + Character.MAX_VALUE).keySet());
    }
}
