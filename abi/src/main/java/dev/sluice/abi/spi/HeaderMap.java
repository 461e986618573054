package dev.sluice.abi.spi;

import dev.sluice.abi.PairList;

/// One header or trailer map as a guest sees it: pseudo-headers first, then the fields in order,
/// repeated fields as entries of their own.
///
/// Names are found without regard to ASCII case and handed out in lower case. Arrays are borrowed
/// for the call. The mutators answer `false`, and change nothing, when the name or value is not one
/// a guest may write: CR, LF, NUL, a name that is no token, `connection`, `transfer-encoding`,
/// `upgrade`, an unknown pseudo-header or one with an impossible value.
///
/// Thread: the stream's event loop.
public interface HeaderMap {
    /// How many entries.
    int size();

    /// Sum of the lengths of all names and values.
    int byteSize();

    /// The first entry with this name, or -1.
    int find(byte[] source, int nameOffset, int nameLength);

    /// How long the value of entry `index` is.
    int valueLength(int index);

    /// Copies the value of entry `index` to `target`, which has room for it.
    void copyValue(int index, byte[] target, int offset);

    /// Writes the whole map as a pair list: `4 + 10 × size() + byteSize()` bytes.
    void copyPairs(byte[] target, int offset);

    /// Appends an entry; on a pseudo-header the same as [#replace].
    boolean add(byte[] source, int nameOffset, int nameLength, int valueOffset, int valueLength);

    /// Sets the first entry of this name, removes its duplicates, or appends it.
    boolean replace(
            byte[] source, int nameOffset, int nameLength, int valueOffset, int valueLength);

    /// Removes all entries of this name; absent is no error.
    boolean remove(byte[] source, int nameOffset, int nameLength);

    /// Removes every entry and adds these.
    boolean replaceAll(PairList pairs);
}
