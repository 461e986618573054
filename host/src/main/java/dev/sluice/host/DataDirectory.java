package dev.sluice.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Where a gateway keeps what must survive it; one process at a time.
public final class DataDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel channel;

    private DataDirectory(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /// Makes the directory when it is not there, and locks it.
    ///
    /// @throws IOException when it cannot be written, or another process has it
    static DataDirectory open(Path root) throws IOException {
        Files.createDirectories(root);
        FileChannel channel =
                FileChannel.open(
                        root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new IOException(
                    "another Sluice process uses the data directory %s (settings.dataDir)"
                            .formatted(root.toAbsolutePath()));
        }
        return new DataDirectory(root, channel);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    Path generations() {
        return root.resolve("generations");
    }

    Path blobs() {
        return root.resolve("blobs").resolve("sha256");
    }

    Path code() {
        return root.resolve("code");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
