package dev.sluice.bench.peer;

import dev.sluice.bench.machine.Child;
import java.io.IOException;

/// A started proxy.
///
/// @param name of the peer
/// @param child its process
/// @param port where it listens
/// @param control where it tells what it allocated, or 0 when it does not
public record Running(String name, Child child, int port, int control) implements AutoCloseable {
    /// Whether it tells what it allocated, and wants a long warm-up.
    public boolean isJvm() {
        return control > 0;
    }

    /// Heap bytes its event loops have allocated so far.
    public long allocatedBytes() throws IOException, InterruptedException {
        return Long.parseLong(Loopback.get(control));
    }

    @Override
    public void close() {
        child.close();
    }
}
