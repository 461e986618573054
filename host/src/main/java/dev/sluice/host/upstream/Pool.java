package dev.sluice.host.upstream;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// One loop's idle connections to one endpoint, the warmest first.
///
/// Thread: its loop's.
final class Pool {
    private static final int MAX_IDLE = 256;

    private final Endpoint endpoint;
    private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
    private int active;
    private boolean retired;

    Pool(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /// How many exchanges this loop has with the endpoint.
    int active() {
        return active;
    }

    void began() {
        active++;
    }

    void ended() {
        active--;
    }

    @Nullable UpstreamConnection take() {
        UpstreamConnection connection = idle.pollFirst();
        while (connection != null && !connection.isUsable()) {
            connection.close();
            connection = idle.pollFirst();
        }
        return connection;
    }

    void put(UpstreamConnection connection) {
        if (retired || idle.size() >= MAX_IDLE) {
            connection.close();
        } else {
            idle.addFirst(connection);
        }
    }

    void remove(UpstreamConnection connection) {
        idle.remove(connection);
    }

    void retire() {
        retired = true;
        idle.forEach(UpstreamConnection::close);
        idle.clear();
    }
}
