package dev.sluice.abi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing byte array that a VM lends the host for one answer, such as a property's value.
///
/// Numbers are little-endian, as the ABI wants them.
///
/// Thread: the VM's.
public final class ByteSink {
    private byte[] bytes = new byte[256];
    private int length;

    /// Forgets what was written.
    public void clear() {
        length = 0;
    }

    /// How many bytes were written.
    public int length() {
        return length;
    }

    /// The array that holds them, from index 0; borrowed until the next write.
    public byte[] bytes() {
        return bytes;
    }

    /// Writes one byte.
    public void putByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    /// Writes a 64-bit number.
    public void putLong(long value) {
        reserve(8);
        for (int i = 0; i < 8; i++) {
            bytes[length++] = (byte) (value >>> (8 * i));
        }
    }

    /// Writes a range of bytes.
    public void putBytes(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    /// Writes the low bytes of a string's characters, which must be Latin-1.
    @SuppressWarnings("deprecation") // the one way from a String into an array without garbage
    public void putLatin1(String value) {
        reserve(value.length());
        value.getBytes(0, value.length(), bytes, length);
        length += value.length();
    }

    /// Writes a string as UTF-8.
    public void putUtf8(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        putBytes(encoded, 0, encoded.length);
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
