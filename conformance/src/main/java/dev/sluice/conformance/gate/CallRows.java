package dev.sluice.conformance.gate;

import static dev.sluice.conformance.gate.GateRow.row;
import static dev.sluice.conformance.gate.Steps.answered;
import static dev.sluice.conformance.gate.Steps.calledBody;
import static dev.sluice.conformance.gate.Steps.calledWith;
import static dev.sluice.conformance.gate.Steps.nothingCalled;
import static dev.sluice.conformance.gate.Steps.run;
import static dev.sluice.conformance.gate.Steps.said;
import static dev.sluice.conformance.gate.Steps.saidAmong;
import static dev.sluice.conformance.gate.Steps.send;
import static dev.sluice.conformance.subject.Plugin.plugin;
import static dev.sluice.conformance.subject.Request.get;

import java.util.List;

/// Calls of a plugin to upstreams.
final class CallRows {
    static final List<GateRow> ROWS =
            List.of(
                    row(
                            "C-001",
                            "a call has a token, and its end is told later to the root context with that token",
                            run(plugin("calls/outcome-service")),
                            send(get()),
                            answered(200, "pong"),
                            saidAmong("call 0 1", "root and token 1 1")),
                    row(
                            "C-002",
                            "the answer of a call can be read while it is told, and not after",
                            run(plugin("calls/answer")),
                            send(get()),
                            said(
                                    "call 0 1",
                                    "told 1 4 1",
                                    "header 0 7 service",
                                    "body 0 4 pong",
                                    "trailer 0 3 end",
                                    "header 2",
                                    "body 1",
                                    "trailer 2")),
                    row(
                            "C-003",
                            "a call without path, method or authority makes status 2 and no token",
                            run(plugin("calls/incomplete")),
                            send(get()),
                            said("call 2 0", "call 2 0", "call 2 0", "call 2 0"),
                            nothingCalled()),
                    row(
                            "C-004",
                            "a call to an unknown upstream makes status 2",
                            run(plugin("calls/unknown")),
                            send(get()),
                            said("call 2 0"),
                            nothingCalled()),
                    row(
                            "C-005",
                            "a negative timeout makes status 2, and 0 is none",
                            run(plugin("calls/timeout")),
                            send(get()),
                            answered(200, "pong"),
                            said("call 2 0", "call 0 1", "answered 4")),
                    row(
                            "C-006",
                            "the length of a call's body is what it has",
                            run(plugin("calls/body")),
                            send(get()),
                            answered(200),
                            said("call 0"),
                            calledWith("content-length", "4"),
                            calledBody("ping")),
                    row(
                            "C-007",
                            "a call that takes too long is answered with 504",
                            run(plugin("calls/outcome-silence")),
                            send(get()),
                            answered(200, "pong"),
                            saidAmong("call 0 1", "told 1 1 0", ":status 0 3 504")),
                    row(
                            "C-008",
                            "a call to where nobody listens is answered with 503",
                            run(plugin("calls/outcome-closed")),
                            send(get()),
                            answered(200, "pong"),
                            saidAmong("call 0 1", "told 1 1 0", ":status 0 3 503")),
                    row(
                            "C-009",
                            "a call that cannot be made makes status 10, and its end is not told",
                            run(plugin("calls/too-many").mostCalls(1)),
                            send(get()),
                            answered(200, "pong"),
                            said("call 0 1", "call 10 0", "answered 4"),
                            calledBody("")),
                    row(
                            "C-010",
                            "a call that breaks off behind the head of its answer ends with three zeros and status 11",
                            run(plugin("calls/outcome-broken")),
                            send(get()),
                            answered(200, "pong"),
                            saidAmong(
                                    "call 0 1",
                                    "root and token 1 1",
                                    "told 0 0 0",
                                    "get_status 0 11 reset")));

    private CallRows() {}
}
