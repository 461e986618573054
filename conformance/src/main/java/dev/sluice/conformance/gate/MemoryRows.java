package dev.sluice.conformance.gate;

import static dev.sluice.conformance.gate.GateRow.row;
import static dev.sluice.conformance.gate.Steps.answered;
import static dev.sluice.conformance.gate.Steps.failed;
import static dev.sluice.conformance.gate.Steps.nothingCalled;
import static dev.sluice.conformance.gate.Steps.passedWith;
import static dev.sluice.conformance.gate.Steps.run;
import static dev.sluice.conformance.gate.Steps.said;
import static dev.sluice.conformance.gate.Steps.saidAmong;
import static dev.sluice.conformance.gate.Steps.send;
import static dev.sluice.conformance.subject.Plugin.plugin;
import static dev.sluice.conformance.subject.Request.get;

import java.util.List;
import java.util.stream.Stream;

/// The memory of a guest, and what the host reads and writes there.
final class MemoryRows {
    /// What the guest finds that got nothing: status 6, and the words as it left them.
    private static final String UNTOUCHED = "result 6 4294967295 4294967295";

    private static final String[] LEAVING = {
        "proxy_log 6",
        "proxy_get_property 6",
        "proxy_set_property 6 6",
        "proxy_set_header_map_pairs 6",
        "proxy_get_header_map_value 6",
        "proxy_add_header_map_value 6 6",
        "proxy_replace_header_map_value 6 6",
        "proxy_remove_header_map_value 6",
        "proxy_set_buffer_bytes 6",
        "proxy_send_local_response 6 6 6",
        "proxy_http_call 6 6",
        "proxy_http_call 6 6",
        "proxy_get_shared_data 6",
        "proxy_set_shared_data 6 6",
        "proxy_call_foreign_function 6 6",
        "fd_write 21"
    };

    static final List<GateRow> ROWS =
            List.of(
                    row(
                            "M-001",
                            "a result of length 0 is address 0 and size 0, and nothing is allocated",
                            run(plugin("memory/result")),
                            send(get().with("x-a", "")),
                            said("result 0 0 0", "allocations 0 0")),
                    row(
                            "M-002",
                            "a result of length n is allocated once, with exactly n",
                            run(plugin("memory/result")),
                            send(get().with("x-a", "one")),
                            said("result 0 65536 3", "allocations 1 3")),
                    row(
                            "M-003",
                            "an allocator that gives 0 makes status 6, and nothing is written",
                            run(plugin("memory/useless-allocator-0")),
                            send(get().with("x-a", "one")),
                            said(UNTOUCHED),
                            answered(200)),
                    row(
                            "M-004",
                            "an allocator that gives what is not in the memory makes status 6, and the VM lives on",
                            run(plugin("memory/useless-allocator-131070")),
                            send(get().with("x-a", "one")),
                            said(UNTOUCHED),
                            send(get().with("x-a", "two")),
                            said(UNTOUCHED),
                            answered(200),
                            run(plugin("memory/useless-allocator-0xfffffffe")),
                            send(get().with("x-a", "one")),
                            said(UNTOUCHED),
                            answered(200)),
                    row(
                            "M-005",
                            "an allocator may grow the memory",
                            run(plugin("memory/growing-allocator")),
                            send(get().with("x-a", "one")),
                            said("value 0 3 one", "address 131072")),
                    row(
                            "M-006",
                            "an allocator that traps fails the VM",
                            run(plugin("memory/trapping-allocator")),
                            send(get().with("x-a", "one")),
                            failed("proxy_on_request_headers", "nreachable"),
                            answered(503)),
                    row(
                            "M-007",
                            "an allocator may log, write, look at the clock and poll",
                            run(plugin("memory/calling-allocator")),
                            send(get().with("x-a", "one")),
                            saidAmong("logged", "written", "value 0 3 one", "allowed 0 0 0")),
                    row(
                            "M-008",
                            "other functions of proxy-wasm are refused to an allocator",
                            run(plugin("memory/calling-allocator")),
                            send(get().with("x-a", "one")),
                            saidAmong("refused 10 10 10"),
                            answered(200)),
                    row(
                            "M-009",
                            "a slice that leaves the memory makes status 6, in WASI 21, and nothing happens",
                            run(plugin("memory/slices-32")),
                            send(get()),
                            saidOfSlices("random_get 21"),
                            answered(200, "pong"),
                            nothingCalled()),
                    row(
                            "M-010",
                            "so does a slice whose end overflows 32 bits",
                            run(plugin("memory/slices-0xfffffff0")),
                            send(get()),
                            saidOfSlices("random_get 28"),
                            answered(200, "pong"),
                            nothingCalled()),
                    row(
                            "M-011",
                            "an empty slice is accepted wherever it lies",
                            run(plugin("memory/empty-slices")),
                            send(get()),
                            said(
                                    "",
                                    "proxy_log 0",
                                    "proxy_add_header_map_value 0",
                                    "proxy_get_header_map_value 1",
                                    "proxy_set_shared_data 0",
                                    "proxy_get_property 3"),
                            passedWith("x-empty", "")),
                    row(
                            "M-012",
                            "a result that has no room in the memory makes status 6, and nothing is called",
                            run(plugin("memory/results").vmConfigured("vm")),
                            send(get()),
                            said(
                                    "proxy_get_log_level 6",
                                    "proxy_get_current_time_nanoseconds 6",
                                    "proxy_get_status 6 6 6",
                                    "proxy_get_property 6 6",
                                    "proxy_get_header_map_size 6",
                                    "proxy_get_header_map_pairs 6 6",
                                    "proxy_get_header_map_value 6 6",
                                    "proxy_get_buffer_bytes 6 6",
                                    "proxy_get_buffer_status 6 6",
                                    "proxy_get_shared_data 6 6 6",
                                    "proxy_http_call 6"),
                            answered(200),
                            nothingCalled()),
                    row(
                            "M-013",
                            "results may be written at odd addresses",
                            run(plugin("memory/unaligned")),
                            send(get().with("x-a", "one")),
                            said("value 0 3", "text one", "time 0 1")));

    private MemoryRows() {}

    /// What is said of each slice, and of the random bytes, of which there is a greatest number.
    private static Step saidOfSlices(String random) {
        return said(Stream.concat(Stream.of(LEAVING), Stream.of(random)).toArray(String[]::new));
    }
}
