package dev.sluice.host.config;

/// An amount of bytes, written `64KiB`.
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final String RULE =
            "a whole number and a unit, B, KiB, MiB or GiB, such as 64KiB";
    private static final int MAX_DIGITS = 9;

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: %d (expected: >= 0)".formatted(bytes));
        }
    }

    static ByteSize kib(long count) {
        return new ByteSize(count << 10);
    }

    static ByteSize mib(long count) {
        return new ByteSize(count << 20);
    }

    /// Reads `64KiB`; throws `IllegalArgumentException` with a message for the writer of the
    /// config.
    static ByteSize parse(String text) {
        var amount = Amount.parse(text, MAX_DIGITS, RULE);
        return new ByteSize(
                switch (amount.unit()) {
                    case "B" -> amount.count();
                    case "KiB" -> amount.count() << 10;
                    case "MiB" -> amount.count() << 20;
                    case "GiB" -> amount.count() << 30;
                    default -> throw Amount.refused(text, RULE);
                });
    }

    /// The bytes, for what is bounded by an array; throws `ArithmeticException` from 2 GiB on.
    public int toInt() {
        return Math.toIntExact(bytes);
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /// The shortest form that [#parse] reads back.
    @Override
    public String toString() {
        if (bytes != 0 && bytes % (1 << 30) == 0) {
            return (bytes >> 30) + "GiB";
        }
        if (bytes != 0 && bytes % (1 << 20) == 0) {
            return (bytes >> 20) + "MiB";
        }
        return bytes != 0 && bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : bytes + "B";
    }
}
