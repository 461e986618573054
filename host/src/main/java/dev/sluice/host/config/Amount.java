package dev.sluice.host.config;

/// A whole number directly followed by a unit.
record Amount(long count, String unit) {
    /// Splits `text`; throws [#refused] when it is something else or has too many digits.
    static Amount parse(String text, int maxDigits, String rule) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > maxDigits) {
            throw refused(text, rule);
        }
        return new Amount(Long.parseLong(text.substring(0, digits)), text.substring(digits));
    }

    static IllegalArgumentException refused(String text, String rule) {
        return new IllegalArgumentException(
                "%s (expected: %s)".formatted(Quoted.value(text), rule));
    }
}
