package dev.sluice.host.upstream;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One loop's idle connections to one address, the warmest first.
///
/// A cluster that takes the place of another goes on with its pools. A pool ends with the last
/// cluster that has it.
///
/// Thread: its loop's; [#share] from any.
final class Pool {
    private static final int MAX_IDLE = 256;

    private final InetSocketAddress address;
    private final AtomicInteger clusters = new AtomicInteger(1);
    private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
    private int active;

    Pool(InetSocketAddress address) {
        this.address = address;
    }

    InetSocketAddress address() {
        return address;
    }

    /// One more cluster has this pool.
    ///
    /// @return false when it has ended
    boolean share() {
        return clusters.getAndUpdate(many -> many == 0 ? 0 : many + 1) > 0;
    }

    /// How many exchanges this loop has with the address.
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
        if (clusters.get() == 0 || idle.size() >= MAX_IDLE) {
            connection.close();
        } else {
            idle.addFirst(connection);
        }
    }

    void remove(UpstreamConnection connection) {
        idle.remove(connection);
    }

    /// A cluster has ended that had this pool.
    void release() {
        if (clusters.decrementAndGet() == 0) {
            idle.forEach(UpstreamConnection::close);
            idle.clear();
        }
    }
}
