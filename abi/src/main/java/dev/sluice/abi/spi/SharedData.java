package dev.sluice.abi.spi;

import dev.sluice.abi.ProxyStatus;
import org.jspecify.annotations.Nullable;

/// Values that all VMs with one VM id share, `proxy_get_shared_data` and `proxy_set_shared_data`.
///
/// Thread: any; implementations are safe for concurrent use and never block.
public interface SharedData {
    /// A value and the number that a compare-and-set must name.
    ///
    /// @param value borrowed, never changed
    /// @param cas never 0
    @SuppressWarnings("ArrayRecordComponent") // bytes, never compared
    record Entry(byte[] value, int cas) {}

    /// The value under `key`, or null.
    @Nullable Entry get(String key);

    /// Stores `value`, which becomes the store's own.
    ///
    /// @param key Latin-1 characters standing for the key's bytes
    /// @param cas 0 to store in any case; else the entry's present number, ignored when there is
    ///   none
    /// @return `OK` or `CAS_MISMATCH`
    ProxyStatus set(String key, byte[] value, int cas);
}
