package dev.sluice.bench.peer;

import dev.sluice.bench.machine.Child;
import java.io.IOException;
import java.nio.file.Path;

/// What the proxies forward to: an nginx that answers every request with the same kilobyte.
///
/// @param child its process
/// @param port where it listens
public record Upstream(Child child, int port) implements AutoCloseable {
    private static final int BODY_BYTES = 1024;

    /// Starts it.
    public static Upstream start(int core, Path directory)
            throws IOException, InterruptedException {
        int port = Loopback.freePort();
        String http =
                """
                  server {
                    listen 127.0.0.1:%d;
                    location / { default_type text/plain; return 200 "%s"; }
                  }
                """
                        .formatted(port, "x".repeat(BODY_BYTES));
        return new Upstream(NginxPeer.start(core, port, directory, http), port);
    }

    @Override
    public void close() {
        child.close();
    }
}
