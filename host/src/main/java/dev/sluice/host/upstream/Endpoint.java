package dev.sluice.host.upstream;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// One address of an upstream.
///
/// @param address unresolved when it is a name, which is looked up whenever a connection is made
/// @param weight share of requests relative to its neighbours, at least 1
public record Endpoint(InetSocketAddress address, int weight) {
    /// The endpoint at an address or a name; asks nobody.
    public static Endpoint of(String host, int port, int weight) {
        return new Endpoint(address(host, port), weight);
    }

    private static InetSocketAddress address(String host, int port) {
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(host), port);
        } catch (IllegalArgumentException _) {
            return InetSocketAddress.createUnresolved(host, port);
        }
    }
}
