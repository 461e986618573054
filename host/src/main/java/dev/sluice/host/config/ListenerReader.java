package dev.sluice.host.config;

import dev.sluice.host.config.JsonValue.JsonString;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `listeners`; no two have the same address.
///
/// Thread: the one that parses the document.
final class ListenerReader {
    private static final Words<Protocol> PROTOCOLS =
            Words.of(Protocol.class).later("h2", "h2c", "tcp");
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Map<HostPort, String> owners = new HashMap<>();

    /// @param admin address of the config API, which is taken
    ListenerReader(HostPort admin) {
        owners.put(admin, "settings.admin");
    }

    @Nullable ListenerConfig read(String name, Section listener) {
        listener.later("tls", "upstream");
        var address = listener.require("address", value -> ownAddress(name, value));
        List<Protocol> protocols =
                listener.read(
                        "protocols",
                        List.of(Protocol.H1),
                        value -> value.items(item -> item.word(PROTOCOLS)));
        var limits =
                listener.read(
                        "limits",
                        ListenerLimitsConfig.defaults(),
                        value -> value.section(ListenerReader::limits));
        return address == null || protocols.isEmpty()
                ? null
                : new ListenerConfig(address, EnumSet.copyOf(protocols), limits);
    }

    private @Nullable HostPort ownAddress(String name, Value value) {
        var address = boundAddress(value);
        if (address == null || address.port() == 0) {
            return address;
        }
        var owner = owners.putIfAbsent(address, "listener " + Quoted.value(name));
        if (owner == null) {
            return address;
        }
        value.refuse(
                ConfigError.CONFLICT,
                "%s is the address of %s already; choose another".formatted(address, owner));
        return null;
    }

    /// An address of this machine.
    static @Nullable HostPort boundAddress(Value value) {
        if (value.json() instanceof JsonString(String text) && text.startsWith("unix:")) {
            value.refuseAsLater("a unix socket");
            return null;
        }
        var address = value.address();
        if (address != null && !address.isNumeric()) {
            value.refuseValue("an IP address or localhost to listen at, such as 0.0.0.0:8080");
            return null;
        }
        return address;
    }

    private static ListenerLimitsConfig limits(Section limits) {
        var defaults = ListenerLimitsConfig.defaults();
        return new ListenerLimitsConfig(
                limits.read(
                        "requestLine",
                        defaults.requestLine(),
                        value -> value.size(new ByteSize(64), ByteSize.mib(1))),
                limits.read(
                        "headers",
                        defaults.headers(),
                        value -> value.size(new ByteSize(64), ByteSize.mib(16))),
                limits.read(
                        "headerCount", defaults.headerCount(), value -> value.integer(1, 10_000)),
                limits.read(
                        "headerTimeout",
                        defaults.headerTimeout(),
                        value -> value.duration(MILLISECOND, HOUR)),
                limits.read(
                        "idleTimeout",
                        defaults.idleTimeout(),
                        value -> value.duration(MILLISECOND, HOUR.multipliedBy(24))),
                limits.read(
                        "requestsPerConnection",
                        defaults.requestsPerConnection(),
                        value -> value.integer(1, Integer.MAX_VALUE)));
    }
}
