package dev.sluice.conformance.gate;

import static dev.sluice.conformance.gate.GateRow.row;
import static dev.sluice.conformance.gate.Steps.answered;
import static dev.sluice.conformance.gate.Steps.begin;
import static dev.sluice.conformance.gate.Steps.last;
import static dev.sluice.conformance.gate.Steps.passedBody;
import static dev.sluice.conformance.gate.Steps.piece;
import static dev.sluice.conformance.gate.Steps.run;
import static dev.sluice.conformance.gate.Steps.said;
import static dev.sluice.conformance.gate.Steps.send;
import static dev.sluice.conformance.gate.Steps.trailer;
import static dev.sluice.conformance.subject.Plugin.plugin;
import static dev.sluice.conformance.subject.Request.get;
import static dev.sluice.conformance.subject.Request.post;

import java.util.List;

/// Bodies: in pieces, held, read in part and edited.
final class BodyRows {
    static final List<GateRow> ROWS =
            List.of(
                    row(
                            "B-001",
                            "each piece of a streamed body comes once, with its size, and the end with the last",
                            run(plugin("body/stream")),
                            begin(post().with("content-length", "5")),
                            piece("abc"),
                            said("body 3 0"),
                            last("de"),
                            said("body 2 1"),
                            answered(200),
                            passedBody("abcde")),
                    row(
                            "B-002",
                            "an end that comes alone is a piece of size 0",
                            run(plugin("body/stream")),
                            begin(post()),
                            piece("abc"),
                            said("body 3 0"),
                            last(""),
                            said("body 0 1"),
                            passedBody("abc")),
                    row(
                            "B-003",
                            "when trailers follow, no piece is the last",
                            run(plugin("body/stream")),
                            begin(post()),
                            piece("abc"),
                            said("body 3 0"),
                            trailer("x-t", "yes"),
                            said("trailers 1"),
                            passedBody("abc")),
                    row(
                            "B-004",
                            "a plugin that holds the body sees all of it each time, the newest piece included",
                            run(plugin("body/buffer")),
                            begin(post().with("content-length", "6")),
                            piece("abc"),
                            said("body 3 0", "buffer 0 3 abc"),
                            piece("de"),
                            said("body 5 0", "buffer 0 5 abcde"),
                            last("f"),
                            said("body 6 1", "buffer 0 6 abcdef"),
                            answered(200)),
                    row(
                            "B-005",
                            "a body held to its end goes on as one",
                            run(plugin("body/buffer")),
                            begin(post()),
                            piece("abc"),
                            piece("de"),
                            last("f"),
                            answered(200),
                            passedBody("abcdef")),
                    row(
                            "B-006",
                            "after a held piece went on, the next comes with its own size",
                            run(plugin("body/buffer-once")),
                            begin(post().with("content-length", "6")),
                            piece("abc"),
                            said("body 3 0"),
                            piece("de"),
                            said("body 5 0"),
                            last("f"),
                            said("body 1 1"),
                            passedBody("abcdef")),
                    row(
                            "B-007",
                            "a part ends where the body does, and is empty behind it",
                            run(plugin("body/parts")),
                            begin(post().with("content-length", "3")),
                            last("abc"),
                            said(
                                    "part 0 2 ab",
                                    "part 0 2 bc",
                                    "part 0 1 c",
                                    "part 0 0",
                                    "part 0 0",
                                    "part 0 0",
                                    "part 0 0")),
                    row(
                            "B-008",
                            "reading an empty body is status 0 and nothing",
                            run(plugin("body/buffer")),
                            begin(post()),
                            last(""),
                            said("body 0 1", "buffer 0 0")),
                    row(
                            "B-009",
                            "reading a buffer outside its phase makes status 1",
                            run(plugin("body/outside").configured("text")),
                            send(get()),
                            said("buffer 0 1", "buffer 1 1", "buffer 4 1", "buffer 7 1")),
                    row(
                            "B-010",
                            "a body can be appended to, put something in front of, and replaced",
                            run(plugin("body/edit")),
                            begin(post()),
                            last("abc"),
                            answered(200),
                            said(
                                    "set 0",
                                    "buffer 0 7 abc-end",
                                    "set 0",
                                    "buffer 0 13 front-abc-end",
                                    "set 0",
                                    "buffer 0 7 all new"),
                            passedBody("all new")));

    private BodyRows() {}
}
