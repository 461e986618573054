package dev.sluice.conformance.swap;

import dev.sluice.host.demo.BuildId;
import io.netty.handler.codec.http.FullHttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What the witnesses wrote on one request and its answer.
final class Testimony {
    private static final List<String> PHASES =
            List.of(
                    "x-gen-request-",
                    "x-gen-request-body-",
                    "x-gen-response-",
                    "x-gen-response-body-",
                    "x-route-request-",
                    "x-route-response-");

    private final Map<String, List<String>> fields = new HashMap<>();

    /// @param answer borrowed; its body begins with what the upstream was sent
    Testimony(FullHttpResponse answer) {
        answer.headers().forEach(each -> add(each.getKey(), each.getValue()));
        answer.content()
                .toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split(": ", 2))
                .filter(line -> line.length == 2)
                .forEach(line -> add(line[0], line[1]));
    }

    private void add(String name, String value) {
        fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    /// The one generation that all places name, or -1: a place is empty, or two differ.
    int generation() {
        int agreed = -1;
        for (String phase : PHASES) {
            for (int place = 1; place <= Witness.PLUGINS; place++) {
                int here = number(phase + place);
                if (here < 0 || (agreed >= 0 && here != agreed)) {
                    return -1;
                }
                agreed = here;
            }
        }
        return agreed;
    }

    /// Whether all witnesses are of this build.
    boolean isOf(int build) {
        return IntStream.rangeClosed(1, Witness.PLUGINS)
                .map(place -> BuildId.number(String.valueOf(only("x-build-" + place))))
                .allMatch(each -> each == build);
    }

    /// When the last of the witnesses first saw the request.
    long beganUnixNanos() {
        long last = 0;
        for (int place = 1; place <= Witness.PLUGINS; place++) {
            String began = only("x-began-" + place);
            last = began == null ? last : Math.max(last, Long.parseLong(began));
        }
        return last;
    }

    /// Which upstream answered.
    int upstream() {
        return number("x-upstream");
    }

    /// How long it took.
    int upstreamMicros() {
        return number("x-upstream-micros");
    }

    private int number(String name) {
        String value = only(name);
        if (value == null) {
            return -1;
        }
        return Integer.parseInt(value.startsWith("g-") ? value.substring(2) : value);
    }

    private @Nullable String only(String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        return values.size() == 1 ? values.getFirst() : null;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        fields.keySet().stream()
                .filter(name -> name.startsWith("x-"))
                .sorted()
                .forEach(
                        name -> text.append(name).append('=').append(fields.get(name)).append(' '));
        return text.toString().strip();
    }
}
