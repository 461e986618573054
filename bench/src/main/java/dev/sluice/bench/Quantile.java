package dev.sluice.bench;

import java.util.Collection;

/// What lies at some share of a few sorted numbers, interpolated between neighbours.
final class Quantile {
    private Quantile() {}

    static double lowerQuartile(Collection<Double> numbers) {
        return of(numbers, 0.25);
    }

    static double median(Collection<Double> numbers) {
        return of(numbers, 0.5);
    }

    private static double of(Collection<Double> numbers, double share) {
        double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no numbers");
        }
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
