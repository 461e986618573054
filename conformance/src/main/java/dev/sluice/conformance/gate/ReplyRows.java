package dev.sluice.conformance.gate;

import static dev.sluice.conformance.gate.GateRow.row;
import static dev.sluice.conformance.gate.Steps.answerHas;
import static dev.sluice.conformance.gate.Steps.answered;
import static dev.sluice.conformance.gate.Steps.begin;
import static dev.sluice.conformance.gate.Steps.nothingArrived;
import static dev.sluice.conformance.gate.Steps.piece;
import static dev.sluice.conformance.gate.Steps.run;
import static dev.sluice.conformance.gate.Steps.said;
import static dev.sluice.conformance.gate.Steps.send;
import static dev.sluice.conformance.gate.Steps.trailer;
import static dev.sluice.conformance.subject.Plugin.plugin;
import static dev.sluice.conformance.subject.Request.get;
import static dev.sluice.conformance.subject.Request.post;

import java.util.List;

/// Answers that a plugin gives itself.
final class ReplyRows {
    static final List<GateRow> ROWS =
            List.of(
                    row(
                            "S-001",
                            "a reply to the head of a request is answered as given, and no upstream is asked",
                            run(plugin("replies/headers-1")),
                            send(get()),
                            said("reply 0"),
                            answered(418, "tea"),
                            answerHas("x-reply", "yes"),
                            nothingArrived()),
                    row(
                            "S-002",
                            "it is so when the plugin says Continue, too",
                            run(plugin("replies/headers-0")),
                            send(get()),
                            said("reply 0"),
                            answered(418, "tea"),
                            nothingArrived()),
                    row(
                            "S-003",
                            "a reply in the middle of a request's body",
                            run(plugin("replies/body")),
                            begin(post()),
                            piece("abc"),
                            said("reply 0"),
                            answered(418, "tea"),
                            answerHas("x-reply", "yes")),
                    row(
                            "S-004",
                            "a reply to the trailers of a request",
                            run(plugin("replies/trailers")),
                            begin(post()),
                            piece("abc"),
                            trailer("x-t", "yes"),
                            answered(418, "tea"),
                            said("reply 0")),
                    row(
                            "S-005",
                            "a reply when a call has ended",
                            run(plugin("replies/call")),
                            send(get()),
                            said("reply 0"),
                            answered(418, "tea")));

    private ReplyRows() {}
}
