package dev.sluice.conformance.fault;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// A bad line between two sockets: passes bytes on, and harms those that come back.
///
/// Thread: any; each direction of each connection has a virtual thread.
final class Relay implements AutoCloseable {
    private static final int CHUNK = 8192;
    private static final long GAP_NANOS = 20_000_000;

    private final ServerSocket server;
    private final InetSocketAddress target;
    private final Harm harm;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

    /// What becomes of the bytes that come back from the target.
    sealed interface Harm {
        /// Nothing.
        record None() implements Harm {}

        /// Each chunk comes later.
        record Delay(long millis) implements Harm {}

        /// So many bytes come in a second.
        record Throttle(int bytesPerSecond) implements Harm {}

        /// The first so many bytes come alone, and the rest a moment after them.
        record Split(int bytes) implements Harm {}

        /// After so many bytes the connection is reset.
        record Reset(int bytes) implements Harm {}

        /// After so many bytes no more come, and what is sent is still taken.
        record HalfClose(int bytes) implements Harm {}

        /// After so many bytes nothing happens any more.
        record BlackHole(int bytes) implements Harm {}
    }

    Relay(InetSocketAddress target, Harm harm) throws IOException {
        this.target = target;
        this.harm = harm;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("relay").start(this::accept);
    }

    /// Where it listens.
    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    /// [#address] as a config names it.
    String endpoint() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = keep(server.accept());
                Socket far = keep(new Socket(target.getAddress(), target.getPort()));
                near.setTcpNoDelay(true);
                Thread.ofVirtual().name("relay-there").start(() -> run(() -> there(near, far)));
                Thread.ofVirtual().name("relay-back").start(() -> run(() -> back(far, near)));
            } catch (IOException _) {
                // the relay is closed, or the target is gone and its client will see that
            }
        }
    }

    private <T extends Closeable> T keep(T socket) throws IOException {
        open.add(socket);
        if (server.isClosed()) {
            socket.close();
        }
        return socket;
    }

    private interface Pump {
        void run() throws IOException;
    }

    private static void run(Pump pump) {
        try {
            pump.run();
        } catch (IOException _) {
            // one side has gone; the other pump or the relay's end closes the rest
        }
    }

    private static void there(Socket near, Socket far) throws IOException {
        near.getInputStream().transferTo(far.getOutputStream());
        far.shutdownOutput();
    }

    private void back(Socket far, Socket near) throws IOException {
        switch (harm) {
            case Harm.None() -> pass(far, near, Integer.MAX_VALUE);
            case Harm.Delay(long millis) -> slowly(far, near, CHUNK, millis * 1_000_000);
            case Harm.Throttle(int bytesPerSecond) -> {
                int chunk = Math.max(1, bytesPerSecond / 50);
                slowly(far, near, chunk, chunk * 1_000_000_000L / bytesPerSecond);
            }
            case Harm.Split(int bytes) -> {
                pass(far, near, bytes);
                LockSupport.parkNanos(GAP_NANOS);
                pass(far, near, Integer.MAX_VALUE);
            }
            case Harm.Reset(int bytes) -> {
                pass(far, near, bytes);
                near.setSoLinger(true, 0);
                near.close();
                far.close();
            }
            case Harm.HalfClose(int bytes) -> {
                pass(far, near, bytes);
                near.shutdownOutput();
            }
            case Harm.BlackHole(int bytes) -> pass(far, near, bytes);
        }
    }

    /// Passes on so many bytes; when they end before that, tells the other side.
    private static void pass(Socket from, Socket to, int bytes) throws IOException {
        InputStream in = from.getInputStream();
        byte[] chunk = new byte[CHUNK];
        int left = bytes;
        while (left > 0) {
            int read = in.read(chunk, 0, Math.min(chunk.length, left));
            if (read < 0) {
                to.shutdownOutput();
                return;
            }
            to.getOutputStream().write(chunk, 0, read);
            left -= read;
        }
    }

    private static void slowly(Socket from, Socket to, int chunkBytes, long nanos)
            throws IOException {
        InputStream in = from.getInputStream();
        byte[] chunk = new byte[chunkBytes];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            LockSupport.parkNanos(nanos);
            to.getOutputStream().write(chunk, 0, read);
        }
        to.shutdownOutput();
    }

    /// Ends all connections.
    @Override
    public void close() throws IOException {
        server.close();
        for (Closeable each : open) {
            each.close();
        }
    }
}
