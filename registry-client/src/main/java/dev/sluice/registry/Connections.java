package dev.sluice.registry;

import dev.sluice.registry.transport.JdkTransport;
import dev.sluice.registry.transport.OrasTransport;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What all operations of one client share: the transports and the tokens that worked.
///
/// Thread: any.
final class Connections implements AutoCloseable {
    private final Duration connectTimeout;
    private final JdkTransport http;
    private final Tokens tokens = new Tokens();
    private final AtomicReference<@Nullable OrasTransport> uploads = new AtomicReference<>();

    Connections(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
        http = new JdkTransport(connectTimeout);
    }

    JdkTransport http() {
        return http;
    }

    Tokens tokens() {
        return tokens;
    }

    /// Made at the first upload: oras-java has no way to close what it opens.
    OrasTransport uploads() {
        var made = uploads.get();
        if (made == null) {
            made = new OrasTransport(connectTimeout);
            uploads.set(made);
        }
        return made;
    }

    @Override
    public void close() {
        uploads.set(null);
        http.close();
    }
}
