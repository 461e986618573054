package dev.sluice.host.http;

import java.util.Locale;

/// The `host[:port]` of a request.
///
/// Spec: RFC 3986 §3.2, RFC 9110 §7.2.
public final class Authority {
    private Authority() {}

    /// Whether `text` is a host with an optional port, and nothing else: no user, no path.
    public static boolean isValid(String text) {
        int colon = text.startsWith("[") ? text.indexOf(':', text.indexOf(']')) : text.indexOf(':');
        if (text.startsWith("[") && text.indexOf(']') < 0) {
            return false;
        }
        int end = colon < 0 ? text.length() : colon;
        for (int i = 0; i < end; i++) {
            if (!isHostCharacter(text.charAt(i), text.charAt(0) == '[')) {
                return false;
            }
        }
        for (int i = end + 1; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() - end <= 6;
    }

    /// The host of a valid authority in lower case, without its port.
    public static String host(String text) {
        int end = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
        String host = end <= 0 ? text : text.substring(0, end);
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) >= 'A' && host.charAt(i) <= 'Z') {
                return host.toLowerCase(Locale.ROOT);
            }
        }
        return host;
    }

    private static boolean isHostCharacter(char c, boolean literal) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "-._~!$&'()*+;=%".indexOf(c) >= 0
                || (literal && (c == '[' || c == ']' || c == ':'));
    }
}
