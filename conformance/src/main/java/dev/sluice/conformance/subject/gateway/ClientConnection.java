package dev.sluice.conformance.subject.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/// A client's connection; reading from it takes at most 5 s.
record ClientConnection(Socket socket, InputStream in) {
    private static final int LONGEST_MILLIS = 5_000;

    static ClientConnection open(InetSocketAddress address) {
        try {
            var socket = new Socket(address.getAddress(), address.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(LONGEST_MILLIS);
            return new ClientConnection(socket, new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
