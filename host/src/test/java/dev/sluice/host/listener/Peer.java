package dev.sluice.host.listener;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;

/// One end of a TCP connection, written and read byte by byte: a client of the gateway, or what an
/// upstream has accepted.
///
/// Every read waits for at most five seconds.
final class Peer implements AutoCloseable {
    private static final int MOST_MILLIS = 5_000;

    private final Socket socket;
    private final InputStream in;

    Peer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(MOST_MILLIS);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    static Peer connect(InetSocketAddress address) throws IOException {
        return new Peer(new Socket(InetAddress.getLoopbackAddress(), address.getPort()));
    }

    /// Connects with so small a window that little is on its way unread.
    static Peer connectNarrow(InetSocketAddress address) throws IOException {
        var socket = new Socket();
        socket.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()));
        return new Peer(socket);
    }

    /// Sends these Latin-1 characters as they are.
    Peer send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Sends each character by itself.
    Peer trickle(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            send(text.substring(i, i + 1));
        }
        return this;
    }

    Peer send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /// Up to and with this text.
    String readThrough(String end) throws IOException {
        var text = new StringBuilder();
        while (text.length() < end.length()
                || text.indexOf(end, text.length() - end.length()) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended in front of \"" + end + "\" after: " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }

    /// A head with the empty line behind it.
    String readHead() throws IOException {
        return readThrough("\r\n\r\n");
    }

    /// This many bytes.
    String read(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new IOException("ended after " + bytes.length + " bytes of " + count);
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// Everything up to the end of the connection.
    String readAll() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /// A head, and the body that its `content-length` tells of.
    String readMessage() throws IOException {
        String head = readHead();
        int at = head.indexOf("\r\ncontent-length: ");
        int end = head.indexOf("\r\n", at + 2);
        return at < 0 ? head : head + read(Integer.parseInt(head.substring(at + 18, end)));
    }

    /// Whether the other side ends the connection, well or not, and sends nothing before.
    boolean isEnded() {
        try {
            return in.read() < 0;
        } catch (SocketException _) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends this side only.
    void shutDown() throws IOException {
        socket.shutdownOutput();
    }

    /// Ends the connection such that the other side sees a reset.
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
