package dev.sluice.conformance.subject;

import java.util.List;

/// The upstreams that plugins may call, the same behind every subject.
///
/// `service` answers by path; `closed` refuses connections.
public final class Service {
    /// The upstream that answers.
    public static final String NAME = "service";

    /// The upstream where nobody listens.
    public static final String CLOSED = "closed";

    /// A path that is never answered.
    public static final String SILENCE = "/silence";

    /// A path whose answer is broken off behind its head.
    public static final String BROKEN = "/broken";

    /// A path whose answer has trailers.
    public static final String TRAILERS = "/trailers";

    /// The trailers of [#TRAILERS].
    public static final List<Field> TRAILER_FIELDS = List.of(new Field("x-trailer", "end"));

    /// The answer to every other path.
    public static final Answer ANSWER =
            new Answer(200, List.of(new Field("x-served", "service")), "pong");

    private Service() {}
}
