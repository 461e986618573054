package dev.sluice.registry;

import dev.sluice.registry.RegistryException.Kind;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

/// Where a registry may send this client: judges redirects, upload locations and token realms.
///
/// @param registry scheme, host and port of the registry that was named by the operator
/// @param plainHttp whether plain HTTP was allowed for it
record Destination(URI registry, boolean plainHttp) {
    boolean isSameOrigin(URI target) {
        return target.getScheme().equalsIgnoreCase(registry.getScheme())
                && host(target).equals(host(registry))
                && port(target) == port(registry);
    }

    /// Refuses a target on plain HTTP unless that was allowed, and one inside the machine or its
    /// link unless the registry is there too.
    URI checked(URI target, Step step) {
        var scheme = target.getScheme();
        if (!target.isAbsolute() || target.getHost() == null || target.getUserInfo() != null) {
            throw step.failed(Kind.INVALID_RESPONSE, "sent to an address without host");
        }
        if (!scheme.equalsIgnoreCase("https") && !(plainHttp && scheme.equalsIgnoreCase("http"))) {
            throw step.failed(
                    Kind.INVALID_RESPONSE,
                    "sent to %s on %s (expected: https)".formatted(scheme, target.getHost()));
        }
        if (!host(target).equals(host(registry)) && isInside(target) && !isLoopback(registry)) {
            throw step.failed(
                    Kind.INVALID_RESPONSE,
                    "sent to the internal address %s (expected: a public host)"
                            .formatted(target.getHost()));
        }
        return target;
    }

    /// Refuses a realm that would carry a password in the clear to another host.
    URI checkedRealm(URI realm, Step step) {
        checked(realm, step);
        if (realm.getScheme().equalsIgnoreCase("http")
                && !host(realm).equals(host(registry))
                && !isLoopback(realm)) {
            throw step.failed(
                    Kind.INVALID_RESPONSE,
                    "token realm on http at %s (expected: https, or the registry's host)"
                            .formatted(realm.getHost()));
        }
        return realm;
    }

    private static boolean isInside(URI target) {
        for (var address : addresses(target)) {
            if (address.isLoopbackAddress()
                    || address.isLinkLocalAddress()
                    || address.isAnyLocalAddress()
                    || address.isMulticastAddress()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLoopback(URI target) {
        var addresses = addresses(target);
        for (var address : addresses) {
            if (!address.isLoopbackAddress()) {
                return false;
            }
        }
        return addresses.length > 0;
    }

    private static InetAddress[] addresses(URI target) {
        try {
            return InetAddress.getAllByName(host(target));
        } catch (UnknownHostException _) {
            return new InetAddress[0];
        }
    }

    private static String host(URI target) {
        return target.getHost().toLowerCase(Locale.ROOT);
    }

    private static int port(URI target) {
        if (target.getPort() >= 0) {
            return target.getPort();
        }
        return target.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }
}
