package dev.sluice.conformance.gate;

import static dev.sluice.conformance.gate.GateRow.row;
import static dev.sluice.conformance.gate.Steps.answered;
import static dev.sluice.conformance.gate.Steps.refused;
import static dev.sluice.conformance.gate.Steps.run;
import static dev.sluice.conformance.gate.Steps.send;
import static dev.sluice.conformance.subject.Plugin.plugin;
import static dev.sluice.conformance.subject.Request.get;

import java.util.List;

/// Loading, linking, and the life of a plugin.
final class LoadRows {
    static final List<GateRow> ROWS =
            List.of(
                    row(
                            "L-002",
                            "a module without a version marker is refused, and why is said",
                            refused(plugin("load/no-marker"), "module_abi", "proxy_abi_version_")),
                    row(
                            "L-029",
                            "a module with marker and allocator only lets everything pass",
                            run(plugin("load/nothing")),
                            send(get()),
                            answered(200, "pong")));

    private LoadRows() {}
}
