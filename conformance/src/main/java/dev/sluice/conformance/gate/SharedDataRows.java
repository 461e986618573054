package dev.sluice.conformance.gate;

import static dev.sluice.conformance.gate.GateRow.row;
import static dev.sluice.conformance.gate.Steps.remove;
import static dev.sluice.conformance.gate.Steps.run;
import static dev.sluice.conformance.gate.Steps.said;
import static dev.sluice.conformance.gate.Steps.send;
import static dev.sluice.conformance.subject.Plugin.plugin;
import static dev.sluice.conformance.subject.Request.get;

import dev.sluice.conformance.subject.Request;
import java.util.List;

/// Data that VMs share.
final class SharedDataRows {
    static final List<GateRow> ROWS =
            List.of(
                    row(
                            "K-001",
                            "a key that nobody has set makes status 1",
                            run(plugin("shared/missing")),
                            send(get()),
                            said("get 1")),
                    row(
                            "K-002",
                            "what was set is read, with a number that is not 0",
                            run(plugin("shared/set")),
                            send(get()),
                            said("set 0", "get 0 3 one", "number 1")),
                    row(
                            "K-003",
                            "setting with a number that is no more makes status 8 and changes nothing",
                            run(plugin("shared/stale")),
                            send(get()),
                            said("set 0", "get 0 3 one", "set 0", "set 8", "get 0 3 two")),
                    row(
                            "K-004",
                            "setting with the number 0 happens in any case",
                            run(plugin("shared/unconditional")),
                            send(get()),
                            said("set 0", "set 0", "get 0 3 two")),
                    row(
                            "K-005",
                            "a number given for a key that is not there does not matter",
                            run(plugin("shared/absent-number")),
                            send(get()),
                            said("set 0", "get 0 3 one")),
                    row(
                            "K-006",
                            "an empty value is not an absent one",
                            run(plugin("shared/empty")),
                            send(get()),
                            said("get 1", "set 0", "get 0 0")),
                    row(
                            "K-007",
                            "VMs with one id share data, others do not",
                            run(
                                    plugin("shared/get-and-set")
                                            .rooted("first")
                                            .inVm("ours")
                                            .vmConfigured("1"),
                                    plugin("shared/get-and-set")
                                            .named("q")
                                            .rooted("second")
                                            .inVm("ours")
                                            .vmConfigured("2"),
                                    plugin("shared/get-and-set")
                                            .named("r")
                                            .rooted("third")
                                            .inVm("theirs")),
                            send(get()),
                            said("get 1", "set 0"),
                            send(get().to("q")),
                            said("get 0 5 first", "set 0"),
                            send(get().to("r")),
                            said("get 1", "set 0")),
                    row(
                            "K-008",
                            "additions by number from all threads add up",
                            run(plugin("shared/count").inVm("all")),
                            // the first is alone: nothing guards a key that is not there yet
                            send(get()),
                            burst(200),
                            send(get().with("x-say", "yes")),
                            said("count 201")),
                    row(
                            "K-009",
                            "data goes with the last VM of its id",
                            run(plugin("shared/get-and-set").rooted("first").inVm("gone")),
                            send(get()),
                            said("get 1", "set 0"),
                            send(get()),
                            said("get 0 5 first", "set 0"),
                            remove(),
                            run(plugin("shared/get-and-set").rooted("first").inVm("gone")),
                            send(get()),
                            said("get 1", "set 0")));

    private SharedDataRows() {}

    private static Step burst(int count) {
        return stage -> stage.subject().burst(Request.get(), count);
    }
}
