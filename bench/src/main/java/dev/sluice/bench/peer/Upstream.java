package dev.sluice.bench.peer;

import dev.sluice.bench.machine.Child;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What the proxies forward to: an nginx that answers every request with the same kilobyte, and
/// with 500 when it lacks what proves that the task was done.
///
/// @param child its process
/// @param port where it listens
public record Upstream(Child child, int port) implements AutoCloseable {
    private static final int BODY_BYTES = 1024;

    /// Starts it.
    public static Upstream start(int core, Path directory, Task.@Nullable Proof proof)
            throws IOException, InterruptedException {
        int port = Loopback.freePort();
        String http =
                """
                  server {
                    listen 127.0.0.1:%d;
                    %s
                    location / { default_type text/plain; return 200 "%s"; }
                  }
                """
                        .formatted(port, wanted(proof), "x".repeat(BODY_BYTES));
        return new Upstream(NginxPeer.start(core, port, directory, http), port);
    }

    private static String wanted(Task.@Nullable Proof proof) {
        return proof == null
                ? ""
                : "if ($http_%s != \"%s\") { return 500; }"
                        .formatted(proof.name().replace('-', '_'), proof.value());
    }

    @Override
    public void close() {
        child.close();
    }
}
