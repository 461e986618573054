package dev.sluice.host.http;

import java.util.Locale;

/// The `host[:port]` of a request.
///
/// Spec: RFC 3986 §3.2, RFC 9110 §7.2.
public final class Authority {
    private static final int MAX_PORT = 65_535;

    private Authority() {}

    /// Whether `text` is a host with an optional port, and nothing else: no user, no path. Empty is
    /// valid: a target without an authority has such a host.
    public static boolean isValid(String text) {
        if (text.isEmpty()) {
            return true;
        }
        boolean literal = text.charAt(0) == '[';
        int end = literal ? text.indexOf(']') + 1 : text.indexOf(':');
        if (end < 0) {
            end = text.length();
        }
        if (end == 0 || (literal && end == 2)) {
            return false;
        }
        for (int i = literal ? 1 : 0; i < (literal ? end - 1 : end); i++) {
            if (!isHostCharacter(text.charAt(i), literal)) {
                return false;
            }
        }
        return end == text.length() || (text.charAt(end) == ':' && isPort(text, end + 1));
    }

    private static boolean isPort(String text, int from) {
        int port = 0;
        for (int i = from; i < text.length() && port <= MAX_PORT; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            port = 10 * port + digit;
        }
        return port <= MAX_PORT;
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
                || (literal && c == ':');
    }
}
