package dev.sluice.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Sends requests at fixed times, evenly spaced, whether or not the last one has been answered:
/// each is timed from when it was due.
///
/// A program of its own, so that it can be bound to a core. The first second is for warming up and
/// not counted. Each connection has a thread; a request that is due while its connection waits for
/// an answer goes out late, and its time has begun.
final class OpenLoop {
    private static final int WARM_UP_SECONDS = 1;

    private final byte[] request;
    private final int port;
    private final int perConnection;
    private final int skipped;
    private final long stepNanos;
    private final long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);

    private OpenLoop(int port, int rate, int seconds) {
        this.port = port;
        request = Browser.request(port);
        stepNanos = TimeUnit.SECONDS.toNanos(1) / rate;
        perConnection = rate * (seconds + WARM_UP_SECONDS) / Browser.CONNECTIONS;
        skipped = rate * WARM_UP_SECONDS / Browser.CONNECTIONS;
    }

    /// Puts the load on a port and prints a [Latency].
    ///
    /// @param arguments port, requests in a second, seconds
    public static void main(String... arguments) throws InterruptedException, ExecutionException {
        var loop =
                new OpenLoop(
                        Integer.parseInt(arguments[0]),
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]));
        System.out.println(loop.run().line());
    }

    private Latency run() throws InterruptedException, ExecutionException {
        var all = new ArrayList<Long>();
        try (var threads = Executors.newFixedThreadPool(Browser.CONNECTIONS)) {
            var connections = new ArrayList<Future<List<Long>>>();
            for (int i = 0; i < Browser.CONNECTIONS; i++) {
                int index = i;
                connections.add(threads.submit(() -> connection(index)));
            }
            for (Future<List<Long>> each : connections) {
                all.addAll(each.get());
            }
        }
        return Latency.of(all.stream().mapToLong(Long::longValue).toArray());
    }

    private List<Long> connection(int index) throws IOException {
        var times = new ArrayList<Long>();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            for (int i = 0; i < perConnection; i++) {
                long due = begin + ((long) i * Browser.CONNECTIONS + index) * stepNanos;
                for (long early = due - System.nanoTime();
                        early > 0;
                        early = due - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                socket.getOutputStream().write(request);
                readAnswer(in, buffer);
                if (i >= skipped) {
                    times.add(System.nanoTime() - due);
                }
            }
        }
        return times;
    }

    /// Reads one answer, which has a length and fits in the buffer.
    private static void readAnswer(InputStream in, byte[] buffer) throws IOException {
        int length = 0;
        int whole = Integer.MAX_VALUE;
        while (length < whole) {
            int read = in.read(buffer, length, buffer.length - length);
            if (read <= 0) {
                throw new IOException("the connection ended in the middle of an answer");
            }
            length += read;
            if (whole == Integer.MAX_VALUE) {
                whole = AnswerLength.of(new String(buffer, 0, length, StandardCharsets.US_ASCII));
            }
        }
    }
}
