package dev.sluice.conformance.swap;

import io.netty.util.concurrent.EventExecutor;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// A pace that is set by hand: each part of an answer waits until it is asked for.
///
/// Thread: any.
final class HeldPace implements Pace {
    private final Map<String, Held> waiting = new ConcurrentHashMap<>();

    private record Held(String request, EventExecutor executor, Runnable part) {}

    @Override
    public void next(String request, EventExecutor executor, Runnable part) {
        waiting.put(request.substring(0, request.indexOf('\n')), new Held(request, executor, part));
    }

    /// Waits until the upstream has a request, or has sent its first part.
    ///
    /// @param line its first line
    /// @return the request
    String await(String line) {
        return held(line).request();
    }

    /// Sends the next part of the answer to it.
    void release(String line) {
        Held held = held(line);
        waiting.remove(line);
        held.executor().execute(held.part());
    }

    private Held held(String line) {
        Wait.until(() -> waiting.containsKey(line));
        return Objects.requireNonNull(waiting.get(line));
    }
}
