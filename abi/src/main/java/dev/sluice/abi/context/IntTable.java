package dev.sluice.abi.context;

import org.jspecify.annotations.Nullable;

/// A map from positive ints that makes no garbage: open addressing, removal by shifting back.
///
/// Thread: the VM's.
final class IntTable<V> {
    private int[] keys = new int[16];
    private @Nullable Object[] values = new @Nullable Object[16];
    private int size;

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked") // only put stores, and it stores V
    @Nullable V get(int key) {
        return (V) values[slot(key)];
    }

    void put(int key, V value) {
        if (size * 2 >= keys.length) {
            grow();
        }
        int slot = slot(key);
        if (values[slot] == null) {
            size++;
        }
        keys[slot] = key;
        values[slot] = value;
    }

    @Nullable V remove(int key) {
        V found = get(key);
        if (found != null) {
            size--;
            close(slot(key));
        }
        return found;
    }

    void clear() {
        keys = new int[16];
        values = new @Nullable Object[16];
        size = 0;
    }

    /// Fills the gap with the entries behind it that may move nearer to where they belong.
    private void close(int removed) {
        int mask = keys.length - 1;
        int gap = removed;
        int next = removed;
        values[gap] = null;
        while (true) {
            next = (next + 1) & mask;
            if (values[next] == null) {
                return;
            }
            int home = home(keys[next]);
            if (((next - home) & mask) >= ((next - gap) & mask)) {
                keys[gap] = keys[next];
                values[gap] = values[next];
                values[next] = null;
                gap = next;
            }
        }
    }

    private int slot(int key) {
        int mask = keys.length - 1;
        int slot = home(key);
        while (values[slot] != null && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int home(int key) {
        return (key * 0x9E3779B9) >>> Integer.numberOfLeadingZeros(keys.length - 1);
    }

    private void grow() {
        int[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new int[oldKeys.length * 2];
        values = new @Nullable Object[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
