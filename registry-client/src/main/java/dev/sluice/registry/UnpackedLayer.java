package dev.sluice.registry;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/// The content of a stored layer, decompressed where it is gzip, and no longer than is allowed.
///
/// Thread: confined to its creator.
final class UnpackedLayer extends FilterInputStream {
    private static final int MOST_RATIO = 200;
    private static final long ALWAYS_ALLOWED = 1 << 20;
    private static final int LOOK_AHEAD = 512;

    private UnpackedLayer(InputStream in) {
        super(in);
    }

    /// More content than allowed.
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(long limit) {
            super("unpacks to more than %d bytes".formatted(limit));
        }
    }

    static UnpackedLayer open(byte[] stored, long maxBytes) throws IOException {
        var raw = new ByteArrayInputStream(stored);
        boolean isGzip =
                stored.length > 2 && (stored[0] & 0xFF) == 0x1F && (stored[1] & 0xFF) == 0x8B;
        long byRatio = Math.max(ALWAYS_ALLOWED, (long) stored.length * MOST_RATIO);
        long limit = Math.min(maxBytes + ALWAYS_ALLOWED, byRatio);
        return new UnpackedLayer(
                isGzip
                        ? new BufferedInputStream(new Counted(new GZIPInputStream(raw), limit))
                        : raw);
    }

    /// The first bytes, which stay in the stream.
    byte[] peek() throws IOException {
        in.mark(LOOK_AHEAD);
        var start = in.readNBytes(LOOK_AHEAD);
        in.reset();
        return start;
    }

    private static final class Counted extends FilterInputStream {
        private final long limit;
        private long count;

        Counted(InputStream in, long limit) {
            super(in);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int more) throws IOException {
            count += more;
            if (count > limit) {
                throw new TooLargeException(limit);
            }
        }
    }
}
