package dev.sluice.host.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The known names nearest to one that is not.
public final class Nearest {
    private static final int LISTED = 8;
    private static final int LOOKED_AT = 10_000;

    private Nearest() {}

    private record Candidate(String word, int distance) {}

    /// `did you mean "x"?` when one is near, else all that could be meant, the nearest first; of
    /// the form `; …`, empty when nothing is known.
    public static String hint(String name, Collection<String> known) {
        var sorted =
                known.stream()
                        .limit(LOOKED_AT)
                        .map(word -> new Candidate(word, distance(name, word)))
                        .sorted(
                                Comparator.comparingInt(Candidate::distance)
                                        .thenComparing(Candidate::word))
                        .map(Candidate::word)
                        .toList();
        if (sorted.isEmpty()) {
            return "";
        }
        if (isNear(name, sorted.getFirst())) {
            return "; did you mean %s?".formatted(Quoted.value(sorted.getFirst()));
        }
        return "; known here: " + listed(sorted);
    }

    private static String listed(List<String> words) {
        var shown = String.join(", ", words.subList(0, Math.min(LISTED, words.size())));
        return words.size() > LISTED ? shown + ", …" : shown;
    }

    private static boolean isNear(String name, String word) {
        return distance(name, word) <= Math.max(1, Math.min(name.length(), word.length()) / 3);
    }

    /// Levenshtein's, with case and separators ignored and neighbours exchanged at the cost of one.
    static int distance(String left, String right) {
        var a = folded(left);
        var b = folded(right);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int differs = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best =
                Math.min(
                        cost[i - 1][j - 1] + differs, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean exchanged =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return exchanged ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }

    private static String folded(String word) {
        var text = word.length() > 64 ? word.substring(0, 64) : word;
        return text.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }
}
