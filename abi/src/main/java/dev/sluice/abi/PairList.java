package dev.sluice.abi;

/// A decoded view of a serialised pair list ("map"): where each name and value lies in a byte
/// array.
///
/// Layout, little-endian, no padding:
///
/// ```
/// u32 count, count × { u32 nameLength; u32 valueLength }, count × { name 0x00 value 0x00 }
/// ```
///
/// At most 1 MiB and 1,024 pairs; anything malformed decodes to the empty list, as Envoy does.
///
/// Thread: immutable, but the array is borrowed unless the factory copied it.
public final class PairList {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_PAIRS = 1024;
    private static final PairList EMPTY = new PairList(new byte[0], new int[0]);

    private final byte[] bytes;
    private final int[] offsets;

    private PairList(byte[] bytes, int[] offsets) {
        this.bytes = bytes;
        this.offsets = offsets;
    }

    /// The list without pairs.
    public static PairList empty() {
        return EMPTY;
    }

    /// Decodes `length` bytes at `offset` of `source`, which is borrowed for the life of the view.
    public static PairList view(byte[] source, int offset, int length) {
        if (length < 4 || length > MAX_BYTES) {
            return EMPTY;
        }
        int count = readInt(source, offset);
        if (count <= 0 || count > MAX_PAIRS || length < 4 + 8 * count) {
            return EMPTY;
        }
        int[] offsets = new int[count * 4];
        long at = 4L + 8L * count;
        for (int i = 0; i < count; i++) {
            int nameLength = readInt(source, offset + 4 + 8 * i);
            int valueLength = readInt(source, offset + 8 + 8 * i);
            if (nameLength < 0 || valueLength < 0 || at + nameLength + valueLength + 2L > length) {
                return EMPTY;
            }
            int name = offset + (int) at;
            int value = name + nameLength + 1;
            if (source[name + nameLength] != 0 || source[value + valueLength] != 0) {
                return EMPTY;
            }
            offsets[4 * i] = name;
            offsets[4 * i + 1] = nameLength;
            offsets[4 * i + 2] = value;
            offsets[4 * i + 3] = valueLength;
            at += nameLength + valueLength + 2L;
        }
        return at == length ? new PairList(source, offsets) : EMPTY;
    }

    /// Decodes a private copy of `length` bytes at `offset` of `source`.
    public static PairList copy(byte[] source, int offset, int length) {
        if (length < 4 || length > MAX_BYTES) {
            return EMPTY;
        }
        byte[] own = new byte[length];
        System.arraycopy(source, offset, own, 0, length);
        return view(own, 0, length);
    }

    /// How many pairs.
    public int size() {
        return offsets.length / 4;
    }

    /// The array that names and values lie in; borrowed.
    public byte[] bytes() {
        return bytes;
    }

    /// Where the name of pair `index` begins.
    public int nameOffset(int index) {
        return offsets[4 * index];
    }

    /// How long the name of pair `index` is.
    public int nameLength(int index) {
        return offsets[4 * index + 1];
    }

    /// Where the value of pair `index` begins.
    public int valueOffset(int index) {
        return offsets[4 * index + 2];
    }

    /// How long the value of pair `index` is.
    public int valueLength(int index) {
        return offsets[4 * index + 3];
    }

    private static int readInt(byte[] bytes, int at) {
        return (bytes[at] & 0xFF)
                | ((bytes[at + 1] & 0xFF) << 8)
                | ((bytes[at + 2] & 0xFF) << 16)
                | (bytes[at + 3] << 24);
    }
}
