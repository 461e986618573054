package dev.sluice.abi.spi;

/// The body bytes that a guest may look at and change in this callback.
///
/// Thread: the stream's event loop.
public interface BodyBuffer {
    /// How many bytes there are.
    int length();

    /// Copies `count` bytes from `start` on; the range is known to be inside.
    void copy(int start, byte[] target, int offset, int count);

    /// Drops `drop` bytes from the front, then puts these in front of what is left.
    void replaceFront(int drop, byte[] source, int offset, int count);

    /// Puts these behind the last byte.
    void append(byte[] source, int offset, int count);
}
