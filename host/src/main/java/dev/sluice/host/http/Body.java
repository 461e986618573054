package dev.sluice.host.http;

import dev.sluice.abi.spi.BodyBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/// Body bytes held for a filter, which may look at them and change them.
///
/// Owns its buffer: [#append(ByteBuf)] takes ownership over, [#take] gives it away, [#close] drops
/// it.
///
/// Thread: the stream's event loop.
public final class Body implements BodyBuffer {
    private final ByteBufAllocator allocator;
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
    private boolean changed;

    public Body(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /// Puts these bytes behind what is held; the buffer is transferred.
    public void append(ByteBuf more) {
        if (!more.isReadable()) {
            more.release();
        } else if (!bytes.isReadable()) {
            bytes.release();
            bytes = more;
        } else if (bytes.refCnt() == 1
                && !bytes.isReadOnly()
                && bytes.maxWritableBytes() >= more.readableBytes()
                && bytes.isWritable(more.readableBytes())) {
            bytes.writeBytes(more);
            more.release();
        } else {
            bytes = joined(bytes, more);
        }
    }

    /// Gives the bytes away; this body is empty afterwards.
    public ByteBuf take() {
        ByteBuf all = bytes;
        bytes = Unpooled.EMPTY_BUFFER;
        changed = false;
        return all;
    }

    /// Whether a filter changed a byte since the last [#take].
    public boolean isChanged() {
        return changed;
    }

    /// Drops the bytes.
    public void close() {
        take().release();
    }

    @Override
    public int length() {
        return bytes.readableBytes();
    }

    @Override
    public void copy(int start, byte[] target, int offset, int count) {
        bytes.getBytes(bytes.readerIndex() + start, target, offset, count);
    }

    @Override
    public void replaceFront(int drop, byte[] source, int offset, int count) {
        changed = true;
        bytes.skipBytes(Math.min(drop, bytes.readableBytes()));
        if (count == 0) {
            return;
        }
        ByteBuf front = allocator.buffer(count).writeBytes(source, offset, count);
        if (bytes.isReadable()) {
            bytes = joined(front, bytes);
        } else {
            bytes.release();
            bytes = front;
        }
    }

    @Override
    public void append(byte[] source, int offset, int count) {
        changed = true;
        append(allocator.buffer(count).writeBytes(source, offset, count));
    }

    private ByteBuf joined(ByteBuf first, ByteBuf second) {
        int size = first.readableBytes() + second.readableBytes();
        ByteBuf all = allocator.buffer(Math.max(size, Math.min(2 * size, 1 << 20)));
        all.writeBytes(first).writeBytes(second);
        first.release();
        second.release();
        return all;
    }
}
