package dev.sluice.conformance;

import java.util.SequencedMap;

/// What became of a row.
///
/// @param why empty when it passed
/// @param figures what it measured
record Outcome(Row row, Verdict verdict, String why, SequencedMap<String, Double> figures) {
    enum Verdict {
        PASSED,
        FAILED,
        SKIPPED
    }
}
