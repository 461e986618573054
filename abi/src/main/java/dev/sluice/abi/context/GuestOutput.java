package dev.sluice.abi.context;

import dev.sluice.abi.ByteSink;
import dev.sluice.abi.LogLevel;
import dev.sluice.abi.spi.LogSink;
import org.jspecify.annotations.Nullable;

/// What a guest writes to standard output or error, made into log lines.
///
/// A write that ends a line is a log line; one that does not is held for the next, until the
/// callback ends. Go writes its panics in such pieces.
///
/// Thread: the VM's.
final class GuestOutput {
    private static final int MOST_HELD = 16 * 1024;

    private final LogLevel level;
    private final ByteSink held = new ByteSink();
    private @Nullable LogSink sink;

    GuestOutput(LogLevel level) {
        this.level = level;
    }

    void write(LogSink log, byte[] source, int offset, int length) {
        boolean ends = source[offset + length - 1] == '\n';
        if (ends && held.length() == 0) {
            log.log(level, source, offset, length - 1);
            return;
        }
        sink = log;
        held.putBytes(source, offset, ends ? length - 1 : length);
        if (ends || held.length() >= MOST_HELD) {
            flush();
        }
    }

    void flush() {
        if (sink != null) {
            LogSink log = sink;
            sink = null;
            log.log(level, held.bytes(), 0, held.length());
            held.clear();
        }
    }
}
