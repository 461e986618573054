package dev.sluice.bench.load;

import java.io.IOException;
import java.util.Arrays;

/// How long requests took, in milliseconds.
///
/// @param median half of them took less
/// @param high 99 of 100 took less
public record Latency(double median, double high) {
    /// Of times in nanoseconds.
    static Latency of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latency(at(sorted, 0.5), at(sorted, 0.99));
    }

    private static double at(long[] sorted, double share) {
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, index)] / 1e6;
    }

    /// In a few words.
    public String brief() {
        return "%.2f/%.2f ms".formatted(median, high);
    }

    /// As one line that [#parse] reads.
    String line() {
        return median + " " + high;
    }

    static Latency parse(String line) throws IOException {
        String[] numbers = line.strip().split(" ", -1);
        try {
            return new Latency(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
        } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException("not a latency: " + line.strip(), e);
        }
    }
}
