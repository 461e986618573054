package dev.sluice.registry;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.registry.embedded.DirectoryStorage;
import dev.sluice.registry.embedded.MemoryStorage;
import dev.sluice.registry.embedded.RegistryApi;
import dev.sluice.registry.embedded.Repositories;
import dev.sluice.registry.embedded.Storage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A registry inside this process, on plain HTTP and without logins: for trying, demos and tests.
///
/// Bind it to loopback: whoever reaches it may push.
///
/// Thread: any; serves on virtual threads and one daemon thread until it is closed.
public final class EmbeddedRegistry implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService executor;

    private EmbeddedRegistry(HttpServer server, ExecutorService executor) {
        this.server = server;
        this.executor = executor;
    }

    /// Serves at `address` and forgets everything at the end.
    public static EmbeddedRegistry start(InetSocketAddress address) {
        return start(address, new MemoryStorage());
    }

    /// Serves at `address` from files under `directory`, which outlive it.
    public static EmbeddedRegistry start(InetSocketAddress address, Path directory) {
        return start(address, new DirectoryStorage(directory));
    }

    private static EmbeddedRegistry start(InetSocketAddress address, Storage storage) {
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new RegistryException(
                    RegistryException.Kind.UNREACHABLE,
                    "start registry at %s:%d: %s; choose another port"
                            .formatted(address.getHostString(), address.getPort(), e.getMessage()),
                    e);
        }
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(executor);
        server.createContext("/", new RegistryApi(new Repositories(storage)));
        startAsDaemon(server);
        return new EmbeddedRegistry(server, executor);
    }

    /// The dispatcher inherits its daemon status from the thread that starts it.
    private static void startAsDaemon(HttpServer server) {
        var starter = Thread.ofVirtual().unstarted(server::start);
        starter.start();
        try {
            starter.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /// What a reference to it begins with, such as `127.0.0.1:5000`.
    public String host() {
        var address = address();
        var name =
                address.getAddress().isAnyLocalAddress()
                        ? InetAddress.getLoopbackAddress().getHostAddress()
                        : address.getAddress().getHostAddress();
        return (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + address.getPort();
    }

    /// Stops serving at once.
    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
