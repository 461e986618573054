package dev.sluice.conformance.start;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/// A program of its own, ended when this is closed.
final class StartedProgram implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Duration LONGEST_END = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final int ANSWER_MILLIS = 5_000;

    private final Process process;

    private StartedProgram(Process process) {
        this.process = process;
    }

    static StartedProgram start(List<String> command) throws IOException {
        return new StartedProgram(
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Asks until an answer carries `field`.
    void awaitAnswer(int port, String field) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!ask(port).contains(field + ":")) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("no answer within " + LONGEST_START);
            }
            if (process.waitFor(PAUSE)) {
                throw new AssertionError("it ended with code " + process.exitValue());
            }
        }
    }

    private static String ask(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream()
                    .write(
                            """
                            GET / HTTP/1.1\r
                            host: localhost\r
                            x-api-key: k1\r
                            connection: close\r
                            \r
                            """
                                    .getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException _) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_END)) {
                process.destroyForcibly();
                throw new IOException("it did not end within " + LONGEST_END);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
