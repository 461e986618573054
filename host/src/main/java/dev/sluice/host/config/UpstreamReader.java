package dev.sluice.host.config;

import dev.sluice.host.config.JsonValue.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `upstreams`.
final class UpstreamReader {
    private static final int MAX_WEIGHT = 10_000;
    private static final Words<Balance> BALANCES = Words.of(Balance.class).later("hash");
    private static final Words<Protocol> PROTOCOLS = Words.of(Protocol.class).later("h2", "auto");

    private UpstreamReader() {}

    static @Nullable UpstreamConfig read(Section upstream) {
        var source = upstream.choice(List.of("endpoints"), List.of("dns", "redis"));
        upstream.later("health", "outlier", "tls");
        var balance =
                upstream.read(
                        "balance", UpstreamConfig.DEFAULT_BALANCE, value -> value.word(BALANCES));
        var connectTimeout =
                upstream.read(
                        "connectTimeout",
                        UpstreamConfig.DEFAULT_CONNECT_TIMEOUT,
                        value -> value.duration(Duration.ofMillis(1), Duration.ofMinutes(10)));
        var protocol = upstream.read("protocol", Protocol.H1, value -> value.word(PROTOCOLS));
        var endpoints =
                source == null
                        ? null
                        : upstream.find(source, value -> value.items(UpstreamReader::endpoint));
        return endpoints == null
                ? null
                : new UpstreamConfig(endpoints, balance, connectTimeout, protocol);
    }

    private static @Nullable EndpointConfig endpoint(Value value) {
        if (value.json() instanceof JsonObject) {
            return value.section(UpstreamReader::weighted);
        }
        var address = address(value);
        return address == null ? null : new EndpointConfig(address, 1);
    }

    private static @Nullable EndpointConfig weighted(Section endpoint) {
        var address = endpoint.require("address", UpstreamReader::address);
        int weight = endpoint.read("weight", 1, value -> value.integer(1, MAX_WEIGHT));
        return address == null ? null : new EndpointConfig(address, weight);
    }

    private static @Nullable HostPort address(Value value) {
        if (value.json() instanceof JsonValue.JsonString(String text) && text.startsWith("unix:")) {
            value.refuseAsLater("a unix socket");
            return null;
        }
        var address = value.address();
        if (address != null && address.port() == 0) {
            value.refuseValue("a port of 1..65535");
            return null;
        }
        return address;
    }
}
