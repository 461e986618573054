package dev.sluice.host.accesslog;

import java.util.Arrays;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One loop's lines on their way to the [AccessLog], written as JSON without garbage.
///
/// Thread: its loop's.
public final class AccessLogBatch {
    private static final int FULL = 32 << 10;

    private final @Nullable AccessLog log;
    private final Executor soon;
    private byte[] bytes = new byte[FULL + 4096];
    private int length;
    private boolean first;
    private boolean flushing;
    private long dropped;

    /// @param log where lines go, or null to write none
    /// @param soon runs a task on the loop a moment later
    public AccessLogBatch(@Nullable AccessLog log, Executor soon) {
        this.log = log;
        this.soon = soon;
    }

    /// Whether lines are kept at all.
    public boolean isOn() {
        return log != null;
    }

    /// How many batches found no room.
    public long dropped() {
        return dropped;
    }

    /// Begins a line.
    public void begin() {
        first = true;
        put('{');
    }

    /// A text field.
    public void field(String name, String value) {
        key(name);
        put('"');
        escaped(value);
        put('"');
    }

    /// A number field.
    public void field(String name, long value) {
        key(name);
        digits(value);
    }

    /// A field of milliseconds with three decimals.
    public void millis(String name, long nanos) {
        key(name);
        long micros = Math.max(0, nanos / 1000);
        digits(micros / 1000);
        put('.');
        int fraction = (int) (micros % 1000);
        put((char) ('0' + fraction / 100));
        put((char) ('0' + fraction / 10 % 10));
        put((char) ('0' + fraction % 10));
    }

    /// Ends the line.
    public void end() {
        put('}');
        put('\n');
        if (length >= FULL) {
            flush();
        } else if (!flushing) {
            flushing = true;
            soon.execute(this::flush);
        }
    }

    /// Hands what there is over to the log.
    public void flush() {
        flushing = false;
        if (length == 0 || log == null) {
            return;
        }
        if (!log.offer(Arrays.copyOf(bytes, length))) {
            dropped++;
        }
        length = 0;
    }

    private void key(String name) {
        if (!first) {
            put(',');
        }
        first = false;
        put('"');
        escaped(name);
        put('"');
        put(':');
    }

    private void escaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                put('\\');
                put(c);
            } else if (c < 0x20 || c == 0x7F) {
                unicode(c);
            } else if (c < 0x80) {
                put(c);
            } else {
                unicode(c);
            }
        }
    }

    private void unicode(char c) {
        put('\\');
        put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            put(Character.forDigit(c >> shift & 0xF, 16));
        }
    }

    private void digits(long value) {
        if (value < 0) {
            put('-');
        }
        if (value / 10 != 0) {
            digits(Math.abs(value / 10));
        }
        put((char) ('0' + Math.abs(value % 10)));
    }

    private void put(char c) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) c;
    }
}
