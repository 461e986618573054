package dev.sluice.host.listener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// An upstream whose every byte the test itself reads and writes.
final class RawUpstream implements AutoCloseable {
    private static final int MOST_MILLIS = 5_000;

    private final ServerSocket socket = new ServerSocket();
    private final List<Peer> accepted = new ArrayList<>();

    /// @param receiveBuffer how much it takes unread, 0 for the system's choice
    RawUpstream(int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setSoTimeout(MOST_MILLIS);
    }

    int port() {
        return socket.getLocalPort();
    }

    /// The next connection of the gateway.
    Peer accept() throws IOException {
        var peer = new Peer(socket.accept());
        accepted.add(peer);
        return peer;
    }

    @Override
    public void close() {
        try {
            for (Peer peer : accepted) {
                peer.close();
            }
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
