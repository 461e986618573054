package dev.sluice.host.config;

import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/// An address of a TCP socket.
///
/// @param host an IPv4 or IPv6 address without brackets, or a lower-case host name
/// @param port 0 to 65,535
public record HostPort(String host, int port) {
    private static final String RULE = "host:port, an IPv6 address in brackets, such as [::1]:8080";
    private static final int MAX_PORT = 65_535;
    private static final int MAX_NAME = 253;
    private static final Pattern IPV4 = Pattern.compile("(?:[0-9]{1,3}\\.){3}[0-9]{1,3}");
    private static final Pattern NAME =
            Pattern.compile(
                    "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
                            + "(?:\\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*");

    public HostPort {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port %d (expected: 0..65535)".formatted(port));
        }
    }

    /// Reads `host:port`; throws `IllegalArgumentException` with a message for the writer of the
    /// config.
    static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw Amount.refused(text, RULE);
        }
        var host = text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
            if (!isIpv6(host)) {
                throw Amount.refused(text, RULE);
            }
        } else if (!isIpv4(host) && !isName(host)) {
            throw Amount.refused(text, RULE);
        }
        return new HostPort(host, port(text, text.substring(colon + 1)));
    }

    private static int port(String text, String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !isDigits(digits)) {
            throw Amount.refused(text, RULE);
        }
        int port = Integer.parseInt(digits);
        if (port > MAX_PORT) {
            throw Amount.refused(text, "a port of 0..65535");
        }
        return port;
    }

    /// Whether the host needs no name service: an IP address or `localhost`.
    boolean isNumeric() {
        return host.equals("localhost") || isIpv4(host) || isIpv6(host);
    }

    boolean isLoopback() {
        return host.equals("localhost")
                || (isNumeric() && InetAddress.ofLiteral(host).isLoopbackAddress());
    }

    static boolean isIpv4(String text) {
        return IPV4.matcher(text).matches() && isLiteral(text);
    }

    static boolean isIpv6(String text) {
        return text.indexOf(':') >= 0 && text.indexOf('%') < 0 && isLiteral(text);
    }

    /// Whether `text` is a lower-case host name; what looks like an IPv4 address is none.
    static boolean isName(String text) {
        return text.length() <= MAX_NAME
                && NAME.matcher(text).matches()
                && !isDigits(text.substring(text.lastIndexOf('.') + 1));
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isLiteral(String text) {
        try {
            return InetAddress.ofLiteral(text) != null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
