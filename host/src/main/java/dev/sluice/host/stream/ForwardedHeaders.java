package dev.sluice.host.stream;

import dev.sluice.host.filter.StreamView;
import dev.sluice.host.http.Fields;
import dev.sluice.host.http.Names;

/// What the gateway adds to a request on its way to an upstream.
///
/// `x-forwarded-for` grows by the client's address; `x-forwarded-proto` and `x-forwarded-host` are
/// set anew, because a client may claim anything. `x-request-id` is set when the head arrives, see
/// [RequestIds].
final class ForwardedHeaders {
    private ForwardedHeaders() {}

    static void apply(Fields request, StreamView exchange) {
        request.set(Names.X_FORWARDED_FOR, all(request, exchange.clientIp()));
        request.set(Names.X_FORWARDED_PROTO, request.scheme());
        if (request.authority().isEmpty()) {
            request.remove(Names.X_FORWARDED_HOST);
        } else {
            request.set(Names.X_FORWARDED_HOST, request.authority());
        }
    }

    private static String all(Fields request, String client) {
        int field = request.indexOf(Names.X_FORWARDED_FOR, request.pseudoSize());
        if (field < 0) {
            return client;
        }
        var all = new StringBuilder();
        for (; field >= 0; field = request.indexOf(Names.X_FORWARDED_FOR, field + 1)) {
            all.append(request.value(field)).append(", ");
        }
        return all.append(client).toString();
    }
}
