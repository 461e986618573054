package dev.sluice.host.http;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/// Judges a decoded HTTP/1 request head and completes its [Fields]: the part of RFC 9112 that the
/// codec leaves to the application.
///
/// Any doubt is a rejection. What passes has its pseudo-headers set, its path normalised and its
/// hop-by-hop fields removed.
///
/// Thread: any; keeps nothing.
public final class RequestCheck {
    private static final AsciiString[] NEVER_HOP_BY_HOP = {
        Names.HOST,
        Names.CONTENT_LENGTH,
        Names.TRANSFER_ENCODING,
        Names.CONTENT_TYPE,
        AsciiString.cached("authorization"),
        AsciiString.cached("cookie"),
        AsciiString.cached("forwarded"),
        Names.EXPECT
    };

    private static final String FORWARDED_PREFIX = "x-forwarded-";

    private RequestCheck() {}

    /// What is wrong with a message the codec could not decode, or null when it could.
    public static @Nullable Rejection undecodable(DecoderResult result) {
        if (result.isSuccess()) {
            return null;
        }
        return switch (result.cause()) {
            case TooLongHttpLineException _ -> new Rejection(414, "request line too long");
            case TooLongHttpHeaderException _ -> new Rejection(431, "header block too large");
            default -> new Rejection(400, "malformed message");
        };
    }

    /// Checks `request` and completes `fields`, which are its headers.
    ///
    /// @param maxFields most header fields
    /// @return what is wrong, or null
    public static @Nullable Rejection check(HttpRequest request, Fields fields, int maxFields) {
        Rejection rejection = undecodable(request.decoderResult());
        if (rejection == null && fields.size() - fields.pseudoSize() > maxFields) {
            rejection = new Rejection(431, "too many header fields");
        }
        if (rejection == null) {
            rejection = checkLine(request);
        }
        if (rejection == null) {
            rejection = checkFraming(fields);
        }
        if (rejection == null) {
            rejection = checkHost(request, fields);
        }
        if (rejection == null) {
            fields.method(request.method().name());
            rejection = checkTarget(request.uri(), fields);
        }
        return rejection == null ? hopByHop(fields) : rejection;
    }

    private static @Nullable Rejection checkLine(HttpRequest request) {
        HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return new Rejection(505, "version not supported");
        }
        String method = request.method().name();
        if (method.length() > 32 || !FieldRules.isToken(method) || hasLowerCase(method)) {
            return new Rejection(400, "malformed method");
        }
        if (method.equals("TRACE") || method.equals("CONNECT")) {
            return new Rejection(405, "method not allowed");
        }
        return null;
    }

    private static boolean hasLowerCase(String method) {
        for (int i = 0; i < method.length(); i++) {
            if (method.charAt(i) >= 'a' && method.charAt(i) <= 'z') {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Rejection checkFraming(Fields fields) {
        int coding = fields.indexOf(Names.TRANSFER_ENCODING, fields.pseudoSize());
        if (coding >= 0
                && (!fields.value(coding).equalsIgnoreCase("chunked")
                        || fields.indexOf(Names.TRANSFER_ENCODING, coding + 1) >= 0)) {
            return new Rejection(501, "transfer coding not supported");
        }
        String expect = fields.get(Names.EXPECT);
        if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
            return new Rejection(417, "expectation not supported");
        }
        return null;
    }

    private static @Nullable Rejection checkHost(HttpRequest request, Fields fields) {
        int host = fields.indexOf(Names.HOST, fields.pseudoSize());
        if (host < 0) {
            return request.protocolVersion().equals(HttpVersion.HTTP_1_0)
                    ? null
                    : new Rejection(400, "host missing");
        }
        if (fields.indexOf(Names.HOST, host + 1) >= 0) {
            return new Rejection(400, "more than one host");
        }
        String value = fields.value(host);
        if (!Authority.isValid(value)) {
            return new Rejection(400, "malformed host");
        }
        fields.authority(value);
        fields.remove(Names.HOST);
        return null;
    }

    private static @Nullable Rejection checkTarget(String target, Fields fields) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '#' || c == '\\') {
                return new Rejection(400, "malformed target");
            }
        }
        if (target.equals("*")) {
            fields.path(target);
            return fields.method().equals("OPTIONS")
                    ? null
                    : new Rejection(400, "malformed target");
        }
        String path = target;
        if (!target.startsWith("/")) {
            path = absoluteForm(target, fields);
        }
        String normal = path == null ? null : RequestPath.normalise(path);
        if (normal == null) {
            return new Rejection(400, "malformed target");
        }
        fields.path(normal);
        return null;
    }

    private static @Nullable String absoluteForm(String target, Fields fields) {
        if (!target.regionMatches(true, 0, "http://", 0, 7)) {
            return null;
        }
        int end = 7;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        String authority = target.substring(7, end);
        if (authority.isEmpty() || !Authority.isValid(authority)) {
            return null;
        }
        fields.authority(authority);
        String rest = target.substring(end);
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    private static @Nullable Rejection hopByHop(Fields fields) {
        for (int i = fields.indexOf(Names.CONNECTION, fields.pseudoSize());
                i >= 0;
                i = fields.indexOf(Names.CONNECTION, i + 1)) {
            for (String listed : fields.value(i).split(",", -1)) {
                String name = listed.strip();
                if (!name.isEmpty() && !FieldRules.isToken(name)) {
                    return new Rejection(400, "malformed connection field");
                }
                if (isEndToEnd(name)) {
                    return new Rejection(400, "connection names an end-to-end field");
                }
            }
        }
        HopByHop.removeFrom(fields);
        for (int i = fields.size() - 1; i >= fields.pseudoSize(); i--) {
            if (fields.name(i).indexOf('_', 0) >= 0) {
                fields.removeAt(i);
            }
        }
        return null;
    }

    private static boolean isEndToEnd(String listed) {
        for (AsciiString name : NEVER_HOP_BY_HOP) {
            if (name.contentEqualsIgnoreCase(listed)) {
                return true;
            }
        }
        return listed.regionMatches(true, 0, FORWARDED_PREFIX, 0, FORWARDED_PREFIX.length());
    }
}
