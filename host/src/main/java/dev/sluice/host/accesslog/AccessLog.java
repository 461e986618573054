package dev.sluice.host.accesslog;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes batches of finished lines off the event loops.
///
/// When the sink is slower than the traffic the queue fills up, and a loop drops a batch rather
/// than wait.
///
/// Thread: [#offer] from any loop; one writer thread of its own.
public final class AccessLog implements AutoCloseable {
    private static final int QUEUED_BATCHES = 256;
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> batches = new ArrayBlockingQueue<>(QUEUED_BATCHES);
    private final OutputStream sink;
    private final Thread writer;
    private boolean failing;

    /// @param sink is flushed after each batch; closed by the caller
    public AccessLog(OutputStream sink) {
        this.sink = sink;
        writer = Thread.ofPlatform().daemon().name("sluice-access-log").start(this::write);
    }

    /// Hands a batch over, which becomes the log's own.
    ///
    /// @return whether there was room
    boolean offer(byte[] batch) {
        return batches.offer(batch);
    }

    @SuppressWarnings("ReferenceEquality") // one array means the end
    private void write() {
        try {
            for (byte[] batch = batches.take(); batch != END; batch = batches.take()) {
                write(batch);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// A sink that fails, a full disk say, loses what it was given and is tried again: it may have
    /// room by then.
    private void write(byte[] batch) {
        try {
            sink.write(batch);
            sink.flush();
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.error("the access log cannot be written: {}", e.toString());
            }
            failing = true;
        }
    }

    /// Writes what is queued and ends the writer.
    @Override
    public void close() {
        try {
            batches.put(END);
            writer.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
