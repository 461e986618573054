package dev.sluice.registry.embedded;

import java.util.List;
import java.util.Optional;

/// Bytes by slash-separated key; a write is seen whole or not at all.
///
/// Thread: any.
public sealed interface Storage permits MemoryStorage, DirectoryStorage {
    /// The bytes under `key`.
    Optional<byte[]> read(String key);

    /// Puts `bytes` under `key`, replacing what was there.
    void write(String key, byte[] bytes);

    /// Removes `key`; false when there was nothing.
    boolean delete(String key);

    /// The keys directly or deeper under `prefix`, which ends in a slash, sorted.
    List<String> keys(String prefix);
}
