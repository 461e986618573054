package dev.sluice.conformance.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.conformance.subject.Answer;
import dev.sluice.conformance.subject.Exchange;
import dev.sluice.conformance.subject.LogLine;
import dev.sluice.conformance.subject.Plugin;
import dev.sluice.conformance.subject.RefusedException;
import dev.sluice.conformance.subject.Request;
import dev.sluice.conformance.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A row on its way: the subject, what was done to it last, and how much of what guests said was
/// looked at.
final class Stage {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Subject subject;
    private final List<Exchange> exchanges = new ArrayList<>();
    private List<LogLine> starting = List.of();
    private int seen;
    private @Nullable Answer answer;
    private @Nullable RefusedException refusal;

    Stage(Subject subject) {
        this.subject = subject;
    }

    Subject subject() {
        return subject;
    }

    /// Runs plugins; whether they can is looked at later.
    void run(List<Plugin> plugins) {
        refusal = null;
        try {
            subject.run(plugins);
        } catch (RefusedException e) {
            refusal = e;
        }
        starting = guestLines();
        seen = starting.size();
    }

    /// Why the last plugins cannot run, or null.
    @Nullable RefusedException refusal() {
        return refusal;
    }

    /// What they said until they ran, in all VMs.
    List<LogLine> starting() {
        return starting;
    }

    Exchange open(Request request) {
        answer = null;
        Exchange opened = subject.open(request);
        exchanges.add(opened);
        return opened;
    }

    /// The request that was begun last.
    Exchange exchange() {
        return exchanges.getLast();
    }

    /// The answer to it.
    Answer answer() {
        if (answer == null) {
            answer = exchange().answer();
        }
        return answer;
    }

    /// The lines that guests wrote since they were looked at last, once there are so many.
    List<String> next(int count) {
        return next("%d more lines".formatted(count), fresh -> fresh.size() >= count);
    }

    /// The lines that guests wrote since they were looked at last, once they are so.
    List<String> next(String what, Predicate<List<String>> enough) {
        await(what, () -> enough.test(fresh()));
        List<String> fresh = fresh();
        seen += fresh.size();
        return fresh;
    }

    private List<String> fresh() {
        return guestLines().stream().skip(seen).map(LogLine::text).toList();
    }

    List<LogLine> guestLines() {
        return subject.log().stream().filter(LogLine::fromGuest).toList();
    }

    /// Lets so much time pass.
    void pass(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            subject.advance();
        }
    }

    /// Waits until something is so.
    void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LONGEST_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("%s within 5 s; log: %s", what, subject.log())
                    .isLessThan(deadline);
            subject.advance();
        }
    }

    /// Ends what is still under way.
    void end() {
        exchanges.forEach(Exchange::close);
    }
}
