package dev.sluice.conformance.swap;

import java.util.List;

/// The straight line through samples taken at equal distances, by least squares.
///
/// @param mean of the samples
/// @param slope from one sample to the next
/// @param slopeError half the width of its 95 % confidence interval
/// @param count of the samples
record Trend(double mean, double slope, double slopeError, int count) {
    private static final int LEAST = 10;

    /// Student's t at 97.5 % for ten degrees of freedom; for more it is smaller, down to 1.96.
    private static double quantile(int degrees) {
        return 1.96 + 2.4 / degrees;
    }

    static Trend of(List<Double> samples) {
        int n = samples.size();
        if (n < LEAST) {
            throw new IllegalArgumentException("samples: %d (expected: >= %d)".formatted(n, LEAST));
        }
        double meanX = (n - 1) / 2.0;
        double meanY = samples.stream().mapToDouble(each -> each).average().orElseThrow();
        double sumXx = 0;
        double sumXy = 0;
        for (int i = 0; i < n; i++) {
            sumXx += (i - meanX) * (i - meanX);
            sumXy += (i - meanX) * (samples.get(i) - meanY);
        }
        double slope = sumXy / sumXx;
        double residues = 0;
        for (int i = 0; i < n; i++) {
            double residue = samples.get(i) - meanY - slope * (i - meanX);
            residues += residue * residue;
        }
        double error = Math.sqrt(residues / (n - 2) / sumXx);
        return new Trend(meanY, slope, quantile(n - 2) * error, n);
    }

    /// What the line rises by from the first sample to the last, as a share of the mean.
    double drift() {
        return mean == 0 ? 0 : slope * (count - 1) / mean;
    }

    /// Whether nothing is shown to rise: the interval of the slope reaches down to 0, or the rise
    /// is less than `share` of the mean.
    boolean isFlat(double share) {
        return slope - slopeError <= 0 || drift() < share;
    }
}
