package dev.sluice.host.stream;

import dev.sluice.abi.LocalResponse;
import dev.sluice.abi.PairList;
import dev.sluice.host.http.Fields;
import dev.sluice.host.http.HttpDate;
import dev.sluice.host.http.Names;
import dev.sluice.host.route.Route;
import java.nio.charset.StandardCharsets;

/// Answers that no upstream gave: a plugin's, a route's, and the gateway's own errors.
final class LocalAnswer {
    private LocalAnswer() {}

    /// An error of the gateway's own.
    ///
    /// @param why in words joined by `_`, for the client and the access log
    static LocalResponse error(int status, String why) {
        byte[] body =
                (Integer.toString(status) + " " + why.replace('_', ' ') + "\n")
                        .getBytes(StandardCharsets.UTF_8);
        return new LocalResponse(status, why, PairList.empty(), body, -1);
    }

    /// The answer a route gives by itself.
    static LocalResponse of(Route.Action.Respond respond) {
        return new LocalResponse(
                respond.status(),
                respond.details(),
                PairLists.one("content-type", respond.contentType()),
                respond.body(),
                -1);
    }

    /// The head that `answer` goes out with.
    static Fields head(LocalResponse answer, HttpDate date) {
        var head = Fields.response();
        head.status(status(answer));
        copyHeaders(answer.headers(), head);
        if (!head.contains(Names.DATE)) {
            head.add(Names.DATE, date.text());
        }
        int length = answer.body().length;
        head.remove(Names.CONTENT_LENGTH);
        if (length == 0) {
            head.remove(Names.CONTENT_TYPE);
        } else if (!head.contains(Names.CONTENT_TYPE)) {
            head.add(Names.CONTENT_TYPE, "text/plain");
        }
        head.add(Names.CONTENT_LENGTH, Integer.toString(length));
        return head;
    }

    /// A guest may say anything; a client would take 1xx for the beginning of an answer.
    private static int status(LocalResponse answer) {
        return answer.status() >= 200 && answer.status() <= 599 ? answer.status() : 500;
    }

    private static void copyHeaders(PairList pairs, Fields head) {
        for (int i = 0; i < pairs.size(); i++) {
            boolean pseudo = pairs.nameLength(i) > 0 && pairs.bytes()[pairs.nameOffset(i)] == ':';
            if (!pseudo) {
                head.add(
                        pairs.bytes(),
                        pairs.nameOffset(i),
                        pairs.nameLength(i),
                        pairs.valueOffset(i),
                        pairs.valueLength(i));
            }
        }
    }
}
