package dev.sluice.host.plugin;

import java.util.Arrays;

/// Bytes that are compared by content.
///
/// @param array borrowed for good, never changed
@SuppressWarnings("ArrayRecordComponent") // equality is by content, below
public record Bytes(byte[] array) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes(byte[] theirs) && Arrays.equals(array, theirs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        return array.length + " bytes";
    }
}
