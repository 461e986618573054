package dev.sluice.host.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.LongSupplier;

/// The value of a `date` field, made at most once a second.
///
/// RFC 9110 §5.6.7 (IMF-fixdate), §6.6.1.
///
/// Thread: one; each loop has its own.
public final class HttpDate {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final LongSupplier unixMillis;
    private long second = -1;
    private String text = "";

    /// @param unixMillis the clock
    public HttpDate(LongSupplier unixMillis) {
        this.unixMillis = unixMillis;
    }

    /// Now, in seconds.
    public String text() {
        long now = Math.floorDiv(unixMillis.getAsLong(), 1000);
        if (now != second) {
            second = now;
            text = FORMAT.format(Instant.ofEpochSecond(now));
        }
        return text;
    }
}
