package dev.sluice.host.admin;

import java.net.InetAddress;
import java.util.Locale;

/// Whether a client asks for this machine by a name that nobody else can give to it.
///
/// A page of a foreign site can have its own name resolve to 127.0.0.1 and then talk to the config
/// API as if to its own server. It cannot choose what `Host` says.
final class LocalHost {
    private LocalHost() {}

    /// @param host a `Host` field; an empty one names nobody, and browsers never send that
    static boolean isNamedBy(String host) {
        String name = withoutPort(host).toLowerCase(Locale.ROOT);
        return name.isEmpty()
                || name.equals("localhost")
                || name.endsWith(".localhost")
                || isAddress(name);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private static boolean isAddress(String name) {
        try {
            InetAddress _ = InetAddress.ofLiteral(name.replaceAll("^\\[|]$", ""));
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
