package dev.sluice.conformance.subject.abi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sluice.abi.spi.HttpCall;
import dev.sluice.conformance.subject.Answer;
import dev.sluice.conformance.subject.Arrival;
import dev.sluice.conformance.subject.Field;
import dev.sluice.conformance.subject.Service;
import dev.sluice.host.http.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A call of a plugin, as [Service] answers it.
final class AbiCall {
    private static final Answer REFUSED = new Answer(503, List.of(), "connect failed");
    private static final Answer LATE = new Answer(504, List.of(), "timeout");

    private final AbiPlugin plugin;
    private final HttpCall call;
    private final Fields request = Fields.request();
    private final long begun = System.nanoTime();

    AbiCall(AbiPlugin plugin, HttpCall call) {
        this.plugin = plugin;
        this.call = call;
        var pairs = call.headers();
        for (int i = 0; i < pairs.size(); i++) {
            request.replace(
                    pairs.bytes(),
                    pairs.nameOffset(i),
                    pairs.nameLength(i),
                    pairs.valueOffset(i),
                    pairs.valueLength(i));
        }
    }

    /// Ends it when its time has come.
    ///
    /// @return whether it did
    boolean endIfDue(AbiSubject subject) {
        return switch (call.upstream()) {
            case Service.CLOSED -> answer(REFUSED, null);
            case Service.SILENCE -> isLate() && answer(LATE, null);
            case Service.BROKEN -> breakOff();
            default -> serve(subject);
        };
    }

    private boolean isLate() {
        long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        return call.timeoutMillis() > 0 && waited > call.timeoutMillis();
    }

    private boolean breakOff() {
        plugin.context().onHttpCallResponse(call.token(), null, null, null);
        plugin.afterEntry();
        return true;
    }

    private boolean serve(AbiSubject subject) {
        subject.arrived(arrival());
        boolean trailers = call.upstream().equals(Service.TRAILERS);
        return answer(
                Service.ANSWER, trailers ? FieldLists.trailers(Service.TRAILER_FIELDS) : null);
    }

    private boolean answer(Answer answer, @Nullable Fields trailers) {
        Fields head = Fields.response();
        FieldLists.fill(head, answer);
        var body = new HeldBody();
        byte[] bytes = answer.body().getBytes(ISO_8859_1);
        body.append(bytes, 0, bytes.length);
        plugin.context().onHttpCallResponse(call.token(), head, body, trailers);
        plugin.afterEntry();
        return true;
    }

    /// As it goes out: the length is that of the body, whatever the guest said.
    private Arrival arrival() {
        List<Field> fields = new ArrayList<>(FieldLists.plain(request));
        fields.removeIf(each -> each.name().equals("content-length"));
        if (call.body().length > 0) {
            fields.add(new Field("content-length", Integer.toString(call.body().length)));
        }
        return new Arrival(
                request.method(),
                request.path(),
                fields,
                new String(call.body(), ISO_8859_1),
                List.of());
    }
}
