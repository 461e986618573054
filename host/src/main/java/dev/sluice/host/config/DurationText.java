package dev.sluice.host.config;

import java.time.Duration;

/// How a duration is written in a config: `250ms`, `5s`, `1m`, `1h`.
final class DurationText {
    private static final String RULE = "a whole number and a unit, ms, s, m or h, such as 250ms";
    private static final int MAX_DIGITS = 9;

    private DurationText() {}

    /// Throws `IllegalArgumentException` with a message for the writer of the config.
    static Duration parse(String text) {
        var amount = Amount.parse(text, MAX_DIGITS, RULE);
        return switch (amount.unit()) {
            case "ms" -> Duration.ofMillis(amount.count());
            case "s" -> Duration.ofSeconds(amount.count());
            case "m" -> Duration.ofMinutes(amount.count());
            case "h" -> Duration.ofHours(amount.count());
            default -> throw Amount.refused(text, RULE);
        };
    }

    /// The shortest form that [#parse] reads back, for whole milliseconds.
    static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds / 60 + "m";
    }
}
