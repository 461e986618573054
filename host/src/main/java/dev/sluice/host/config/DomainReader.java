package dev.sluice.host.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `domains`; no two have a host in common.
///
/// Thread: the one that parses the document.
final class DomainReader {
    private static final String RULE =
            "a host name, an IP address or *.suffix, without a scheme or port";

    private final Map<String, String> owners = new HashMap<>();

    @Nullable DomainConfig read(String name, Section domain) {
        domain.later("https", "tls", "errors");
        var hosts = domain.require("hosts", value -> value.items(item -> ownHost(name, item)));
        return hosts == null ? null : new DomainConfig(hosts);
    }

    private @Nullable String ownHost(String name, Value value) {
        var text = value.text();
        if (text == null) {
            return null;
        }
        var host = text.toLowerCase(Locale.ROOT);
        if (host.equals("*")) {
            value.refuseValue(RULE + "; a route without a domain takes every host");
            return null;
        }
        if (!isHost(host)) {
            value.refuseValue(RULE);
            return null;
        }
        var owner = owners.putIfAbsent(host, name);
        if (owner != null && !owner.equals(name)) {
            value.refuse(
                    ConfigError.CONFLICT,
                    "%s belongs to domain %s already; keep it in one"
                            .formatted(host, Quoted.value(owner)));
            return null;
        }
        return host;
    }

    private static boolean isHost(String host) {
        if (host.startsWith("[") && host.endsWith("]")) {
            return HostPort.isIpv6(host.substring(1, host.length() - 1));
        }
        return HostPort.isIpv4(host)
                || HostPort.isName(host.startsWith("*.") ? host.substring(2) : host);
    }
}
