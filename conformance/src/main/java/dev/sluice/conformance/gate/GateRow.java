package dev.sluice.conformance.gate;

import java.util.List;

/// One fact of the ABI, the same for every subject.
///
/// @param id such as `H-005`
/// @param says the fact, in one sentence
/// @param steps how it is shown
record GateRow(String id, String says, List<Step> steps) {
    static GateRow row(String id, String says, Step... steps) {
        return new GateRow(id, says, List.of(steps));
    }
}
