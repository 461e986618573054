package dev.sluice.host.http;

import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The trailers of a message, without fields that must not stand there: what decides about framing,
/// routing, the connection, who the client is, or how the body is read has been decided with the
/// head.
///
/// Spec: RFC 9110 §6.5.1, §7.6.1.
public final class Trailers {
    private static final Set<String> FORBIDDEN =
            Set.of(
                    "authorization",
                    "cache-control",
                    "connection",
                    "cookie",
                    "expect",
                    "forwarded",
                    "host",
                    "keep-alive",
                    "max-forwards",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "proxy-connection",
                    "range",
                    "set-cookie",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "via",
                    "x-request-id");

    private Trailers() {}

    /// The trailers at the end of a message, or null when none are left.
    public static @Nullable Fields of(LastHttpContent last) {
        if (!(last.trailingHeaders() instanceof FieldsHeaders headers) || headers.isEmpty()) {
            return null;
        }
        Fields fields = headers.fields();
        for (int i = fields.size() - 1; i >= fields.pseudoSize(); i--) {
            if (isForbidden(fields.name(i))) {
                fields.removeAt(i);
            }
        }
        return fields.size() == fields.pseudoSize() ? null : fields;
    }

    private static boolean isForbidden(AsciiString name) {
        String lower = name.toString().toLowerCase(Locale.ROOT);
        return FORBIDDEN.contains(lower)
                || lower.startsWith("content-")
                || lower.startsWith("x-forwarded-")
                || lower.indexOf('_') >= 0;
    }
}
