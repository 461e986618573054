package dev.sluice.host.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.util.Arrays;

/// Writes HTTP/1.1 heads, chunks and trailers from [Fields].
///
/// One scratch array, because a string's Latin-1 bytes can be copied into an array without garbage.
///
/// Thread: the event loop that owns it.
public final class HeadWriter {
    /// A body whose length is not known when its head is written.
    public static final long CHUNKED = -1;

    /// No framing field at all: no body, or a body that ends with the connection.
    public static final long UNFRAMED = -2;

    private static final byte[] HTTP_1_1 = ascii("HTTP/1.1 ");
    private static final byte[] REQUEST_END = ascii(" HTTP/1.1\r\nhost: ");
    private static final byte[] CONTENT_LENGTH = ascii("content-length: ");
    private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding: chunked\r\n");
    private static final byte[] CONNECTION_CLOSE = ascii("connection: close\r\n");
    private static final byte[] CONNECTION_KEEP_ALIVE = ascii("connection: keep-alive\r\n");
    private static final byte[] LAST_CHUNK = ascii("0\r\n");
    private static final byte[] CRLF = ascii("\r\n");

    private byte[] scratch = new byte[4096];
    private int length;

    /// What a response head says of its connection.
    public enum Persistence {
        /// Nothing: the version's default holds.
        DEFAULT,
        CLOSE,
        KEEP_ALIVE
    }

    /// A request head.
    ///
    /// @param bodyLength exact length, [#CHUNKED] or [#UNFRAMED]
    public ByteBuf request(ByteBufAllocator allocator, Fields fields, long bodyLength) {
        length = 0;
        put(fields.method());
        put(' ');
        put(fields.path());
        put(REQUEST_END);
        put(fields.authority());
        put(CRLF);
        putFields(fields);
        putFraming(bodyLength);
        put(CRLF);
        return toBuffer(allocator);
    }

    /// A response head.
    ///
    /// @param bodyLength exact length, [#CHUNKED] or [#UNFRAMED]
    public ByteBuf response(
            ByteBufAllocator allocator, Fields fields, long bodyLength, Persistence persistence) {
        length = 0;
        int status = fields.status();
        put(HTTP_1_1);
        put(Integer.toString(status));
        put(' ');
        put(HttpResponseStatus.valueOf(status).reasonPhrase());
        put(CRLF);
        putFields(fields);
        putFraming(bodyLength);
        switch (persistence) {
            case DEFAULT -> {}
            case CLOSE -> put(CONNECTION_CLOSE);
            case KEEP_ALIVE -> put(CONNECTION_KEEP_ALIVE);
        }
        put(CRLF);
        return toBuffer(allocator);
    }

    /// An interim response without fields.
    public ByteBuf interim(ByteBufAllocator allocator, int status) {
        length = 0;
        put(HTTP_1_1);
        put(Integer.toString(status));
        put(' ');
        put(HttpResponseStatus.valueOf(status).reasonPhrase());
        put(CRLF);
        put(CRLF);
        return toBuffer(allocator);
    }

    /// The line in front of a chunk of `size` bytes; the chunk itself is followed by [#chunkEnd].
    public ByteBuf chunkStart(ByteBufAllocator allocator, int size) {
        length = 0;
        put(Integer.toHexString(size));
        put(CRLF);
        return toBuffer(allocator);
    }

    /// The line break behind a chunk.
    public ByteBuf chunkEnd(ByteBufAllocator allocator) {
        length = 0;
        put(CRLF);
        return toBuffer(allocator);
    }

    /// The last chunk with its trailers.
    public ByteBuf lastChunk(ByteBufAllocator allocator, Fields trailers) {
        length = 0;
        put(LAST_CHUNK);
        putFields(trailers);
        put(CRLF);
        return toBuffer(allocator);
    }

    private void putFields(Fields fields) {
        for (int i = fields.pseudoSize(); i < fields.size(); i++) {
            AsciiString name = fields.name(i);
            if (name.length() == Names.CONTENT_LENGTH.length()
                    && name.contentEqualsIgnoreCase(Names.CONTENT_LENGTH)) {
                continue;
            }
            reserve(name.length());
            System.arraycopy(name.array(), name.arrayOffset(), scratch, length, name.length());
            length += name.length();
            put(':');
            put(' ');
            put(fields.value(i));
            put(CRLF);
        }
    }

    private void putFraming(long bodyLength) {
        if (bodyLength == CHUNKED) {
            put(TRANSFER_ENCODING);
        } else if (bodyLength >= 0) {
            put(CONTENT_LENGTH);
            put(Long.toString(bodyLength));
            put(CRLF);
        }
    }

    @SuppressWarnings("deprecation") // copies Latin-1 without an array in between
    private void put(String text) {
        reserve(text.length());
        text.getBytes(0, text.length(), scratch, length);
        length += text.length();
    }

    private void put(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, scratch, length, bytes.length);
        length += bytes.length;
    }

    private void put(char c) {
        reserve(1);
        scratch[length++] = (byte) c;
    }

    private void reserve(int count) {
        if (scratch.length - length < count) {
            scratch = Arrays.copyOf(scratch, Math.max(scratch.length * 2, length + count));
        }
    }

    private ByteBuf toBuffer(ByteBufAllocator allocator) {
        return allocator.ioBuffer(length).writeBytes(scratch, 0, length);
    }

    private static byte[] ascii(String text) {
        return new AsciiString(text).toByteArray();
    }
}
