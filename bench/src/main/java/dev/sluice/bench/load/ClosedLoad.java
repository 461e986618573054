package dev.sluice.bench.load;

import dev.sluice.bench.machine.Child;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// As many requests as the peer takes, by `wrk`: one thread, 32 connections, each with one request
/// at a time.
public final class ClosedLoad {
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern WRONG =
            Pattern.compile("Non-2xx or 3xx responses: \\d+|Socket errors: .*");

    private ClosedLoad() {}

    /// What came of it.
    ///
    /// @param requests how many were answered
    /// @param rate how many in a second
    public record Result(long requests, double rate) {}

    /// Puts it on a port.
    ///
    /// @throws IOException when an answer was wrong
    public static Result run(int core, int port, int seconds)
            throws IOException, InterruptedException {
        var command =
                new ArrayList<>(
                        List.of("wrk", "-t1", "-c" + Browser.CONNECTIONS, "-d" + seconds + "s"));
        command.addAll(Browser.options());
        command.add(Browser.url(port));
        return parse(Child.run(core, command));
    }

    /// Reads what `wrk` printed.
    static Result parse(String output) throws IOException {
        var wrong = WRONG.matcher(output);
        if (wrong.find()) {
            throw new IOException("not every request was answered: " + wrong.group());
        }
        return new Result(
                Long.parseLong(first(REQUESTS, output)), Double.parseDouble(first(RATE, output)));
    }

    private static String first(Pattern pattern, String output) throws IOException {
        return pattern.matcher(output)
                .results()
                .findFirst()
                .map((MatchResult found) -> found.group(1))
                .orElseThrow(() -> new IOException("not what wrk prints: " + output.strip()));
    }
}
