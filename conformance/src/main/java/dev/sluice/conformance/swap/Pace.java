package dev.sluice.conformance.swap;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// When an upstream sends the next part of an answer.
interface Pace {
    /// Has `part` run on `executor`, once it is time.
    ///
    /// @param request what the upstream was sent, as text
    void next(String request, EventExecutor executor, Runnable part);

    /// Two parts, each after 2.5 to 10 ms.
    static Pace fiveToTwentyMillis() {
        return (_, executor, part) ->
                executor.schedule(
                        part,
                        ThreadLocalRandom.current().nextInt(2_500, 10_000),
                        TimeUnit.MICROSECONDS);
    }
}
