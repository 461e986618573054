package dev.sluice.abi.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.abi.spi.BodyBuffer;
import java.io.ByteArrayOutputStream;

/// A body in an array.
public final class FakeBody implements BodyBuffer {
    private byte[] bytes;

    public FakeBody(String text) {
        bytes = text.getBytes(UTF_8);
    }

    public String text() {
        return new String(bytes, UTF_8);
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
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(source, offset, count);
        out.write(bytes, drop, bytes.length - drop);
        bytes = out.toByteArray();
    }

    @Override
    public void append(byte[] source, int offset, int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes);
        out.write(source, offset, count);
        bytes = out.toByteArray();
    }
}
