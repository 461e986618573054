package dev.sluice.registry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Debian's `docker-registry`, a process of its own on a free port.
public final class RealRegistry implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(20);

    private final Process process;
    private final int port;

    private RealRegistry(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// A registry for everybody that stores under `folder`.
    public static RealRegistry open(Path folder) {
        return start(folder, "");
    }

    /// A registry that asks for one user's password.
    public static RealRegistry withUser(Path folder, String user, String password) {
        var program = RealTools.find("htpasswd");
        var file = folder.resolve("htpasswd");
        try {
            var process =
                    new ProcessBuilder(program.toString(), "-Bbc", file.toString(), user, password)
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("htpasswd.log").toFile())
                            .start();
            if (!process.waitFor(START) || process.exitValue() != 0) {
                throw new AssertionError("htpasswd failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return start(folder, "auth: {htpasswd: {realm: r, path: %s}}\n".formatted(file));
    }

    private static RealRegistry start(Path folder, String auth) {
        var program = RealTools.find("docker-registry");
        try {
            int port = freePort();
            var config =
                    """
                    version: 0.1
                    log: {level: error}
                    storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}
                    http: {addr: "127.0.0.1:%d"}
                    %s\
                    """
                            .formatted(folder.resolve("store"), port, auth);
            var file = Files.writeString(folder.resolve("registry.yml"), config);
            var process =
                    new ProcessBuilder(program.toString(), "serve", file.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("registry.log").toFile())
                            .start();
            var registry = new RealRegistry(process, port);
            registry.awaitListening();
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Its `host:port`.
    public String host() {
        return "127.0.0.1:" + port;
    }

    private void awaitListening() {
        long end = System.nanoTime() + START.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
                return;
            } catch (IOException _) {
                Thread.onSpinWait();
            }
        }
        throw new AssertionError("docker-registry did not start at " + host());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
