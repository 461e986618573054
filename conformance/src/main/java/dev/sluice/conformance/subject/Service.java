package dev.sluice.conformance.subject;

import java.util.List;

/// The upstreams that plugins may call, the same behind every subject. Calls to an upstream have
/// its name as their path, so that one server can be most of them.
public final class Service {
    /// Answers with [#ANSWER].
    public static final String NAME = "service";

    /// Answers so too, with [#TRAILER_FIELDS] behind the body.
    public static final String TRAILERS = "trailers";

    /// Never answers.
    public static final String SILENCE = "silence";

    /// Breaks off behind the head of its answer.
    public static final String BROKEN = "broken";

    /// Refuses connections.
    public static final String CLOSED = "closed";

    /// All of them.
    public static final List<String> ALL = List.of(NAME, TRAILERS, SILENCE, BROKEN, CLOSED);

    /// The trailers of [#TRAILERS].
    public static final List<Field> TRAILER_FIELDS = List.of(new Field("x-trailer", "end"));

    /// The usual answer.
    public static final Answer ANSWER =
            new Answer(200, List.of(new Field("x-served", "service")), "pong");

    private Service() {}
}
