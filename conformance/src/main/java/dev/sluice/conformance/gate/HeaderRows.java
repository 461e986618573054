package dev.sluice.conformance.gate;

import static dev.sluice.conformance.gate.GateRow.row;
import static dev.sluice.conformance.gate.Steps.run;
import static dev.sluice.conformance.gate.Steps.said;
import static dev.sluice.conformance.gate.Steps.send;
import static dev.sluice.conformance.subject.Plugin.plugin;
import static dev.sluice.conformance.subject.Request.get;

import java.util.List;

/// Headers, and what a plugin may hold back in their phase.
final class HeaderRows {
    static final List<GateRow> ROWS =
            List.of(
                    row(
                            "H-005",
                            "the value of a repeated header is its first",
                            run(plugin("headers/value")),
                            send(get().with("x-a", "one").with("x-a", "two")),
                            said("value 0 3 one")));

    private HeaderRows() {}
}
