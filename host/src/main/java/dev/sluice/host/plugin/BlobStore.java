package dev.sluice.host.plugin;

import dev.sluice.oci.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Module bytes on disk, named by their digest.
///
/// A file appears whole or not at all, and is checked against its name whenever it is read.
///
/// Thread: any; one writer.
public final class BlobStore {
    private final Path directory;

    /// @param directory made when it is not there
    public BlobStore(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory);
        try (var leftovers = Files.newDirectoryStream(directory, "*.tmp")) {
            for (Path each : leftovers) {
                Files.deleteIfExists(each);
            }
        }
    }

    /// Keeps `bytes`, which are known to have this digest; returns once they are on disk.
    public void put(Digest digest, byte[] bytes) throws IOException {
        Path file = file(digest);
        if (Files.exists(file)) {
            return;
        }
        Path draft = Files.createTempFile(directory, digest.hex(), ".tmp");
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel parent = FileChannel.open(directory, StandardOpenOption.READ)) {
            parent.force(true);
        }
    }

    /// The bytes with this digest, or null when they are not here or not whole.
    public byte @Nullable [] get(Digest digest) throws IOException {
        Path file = file(digest);
        if (!Files.exists(file)) {
            return null;
        }
        byte[] bytes = Files.readAllBytes(file);
        if (Digest.of(bytes).equals(digest)) {
            return bytes;
        }
        Files.delete(file);
        return null;
    }

    /// Deletes everything but these.
    public void retain(Set<Digest> kept) throws IOException {
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path each : files) {
                String name = each.getFileName().toString();
                if (kept.stream().noneMatch(digest -> name.equals(digest.hex()))) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    private Path file(Digest digest) {
        return directory.resolve(digest.hex());
    }
}
