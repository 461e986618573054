package dev.sluice.conformance.swap;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Looks for buffers of this process that were collected before they were released, as long as it
/// is open.
///
/// Thread: any.
final class LostBuffers implements AutoCloseable {
    private final Level level = ResourceLeakDetector.getLevel();
    private final List<String> found = new CopyOnWriteArrayList<>();

    LostBuffers() {
        ResourceLeakDetector.setLevel(Level.PARANOID);
        ByteBufUtil.setLeakListener((_, records) -> found.add(records));
    }

    /// Where those were used that were found so far; what was lost must have been collected.
    List<String> found() {
        // Netty looks for them when it makes a buffer.
        PooledByteBufAllocator.DEFAULT.buffer().release();
        return List.copyOf(found);
    }

    @Override
    public void close() {
        ByteBufUtil.setLeakListener(null);
        ResourceLeakDetector.setLevel(level);
    }
}
