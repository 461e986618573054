package dev.sluice.host.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class AccessLogTest {
    /// Fails once, as a disk does that is full for a while.
    private static final class FullOnce extends OutputStream {
        final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private boolean full = true;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            if (full) {
                full = false;
                throw new IOException("No space left on device");
            }
            written.write(bytes, offset, count);
        }
    }

    @Test
    void goesOnAfterAWriteThatFailed() {
        var sink = new FullOnce();
        try (var log = new AccessLog(sink)) {
            log.offer("lost\n".getBytes(UTF_8));
            log.offer("kept\n".getBytes(UTF_8));
        }
        assertThat(sink.written.toString(UTF_8)).isEqualTo("kept\n");
    }
}
