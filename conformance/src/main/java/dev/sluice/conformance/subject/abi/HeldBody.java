package dev.sluice.conformance.subject.abi;

import dev.sluice.abi.spi.BodyBuffer;
import java.io.ByteArrayOutputStream;

/// Body bytes that a guest may look at and change.
final class HeldBody implements BodyBuffer {
    private byte[] bytes = {};

    /// Gives the bytes away; this is empty afterwards.
    byte[] take() {
        byte[] all = bytes;
        bytes = new byte[0];
        return all;
    }

    @Override
    public int length() {
        return bytes.length;
    }

    @Override
    public void copy(int start, byte[] target, int offset, int count) {
        System.arraycopy(bytes, start, target, offset, count);
    }

    @Override
    public void replaceFront(int drop, byte[] source, int offset, int count) {
        var out = new ByteArrayOutputStream();
        out.write(source, offset, count);
        out.write(bytes, drop, bytes.length - drop);
        bytes = out.toByteArray();
    }

    @Override
    public void append(byte[] source, int offset, int count) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(bytes);
        out.write(source, offset, count);
        bytes = out.toByteArray();
    }
}
