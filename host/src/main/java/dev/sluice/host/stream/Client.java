package dev.sluice.host.stream;

import java.net.InetSocketAddress;

/// Who is at the other end of a downstream connection.
///
/// @param connectionId number of the connection, unique in the process
/// @param address where the client is
/// @param ip its IP address as text, made once because every request needs it
public record Client(long connectionId, InetSocketAddress address, String ip) {
    public static Client of(long connectionId, InetSocketAddress address) {
        return new Client(connectionId, address, address.getAddress().getHostAddress());
    }
}
