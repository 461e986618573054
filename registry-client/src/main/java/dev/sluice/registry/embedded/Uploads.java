package dev.sluice.registry.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Blobs that are still arriving.
///
/// Thread: any; one upload is used by one request at a time.
public final class Uploads {
    private static final int MOST_OPEN = 64;
    private static final int MOST_BYTES = 256 << 20;
    private static final int CHUNK = 1 << 16;

    private final ConcurrentHashMap<String, Upload> open = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /// One blob on its way; owned by the request that took it.
    public static final class Upload {
        private final String repository;
        private final long number;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();

        private Upload(String repository, long number) {
            this.repository = repository;
            this.number = number;
        }

        /// How many bytes have arrived.
        public int size() {
            return received.size();
        }

        /// What has arrived.
        public byte[] bytes() {
            return received.toByteArray();
        }

        /// Adds all of `content`; false when the blob grows larger than 256 MiB.
        public boolean add(InputStream content) throws IOException {
            var buffer = new byte[CHUNK];
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                if (received.size() > MOST_BYTES - n) {
                    return false;
                }
                received.write(buffer, 0, n);
            }
            return true;
        }
    }

    /// Begins an upload and returns its id; the oldest of 64 makes room.
    public String begin(String repository) {
        if (open.size() >= MOST_OPEN) {
            open.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().number))
                    .ifPresent(oldest -> open.remove(oldest.getKey(), oldest.getValue()));
        }
        var id = UUID.randomUUID().toString();
        open.put(id, new Upload(repository, numbers.incrementAndGet()));
        return id;
    }

    /// Takes the upload out, so that no other request touches it.
    public Optional<Upload> take(String repository, String id) {
        @Nullable Upload upload = open.get(id);
        return upload != null && upload.repository.equals(repository) && open.remove(id, upload)
                ? Optional.of(upload)
                : Optional.empty();
    }

    /// Puts an upload back that is not complete.
    public void keep(String id, Upload upload) {
        open.put(id, upload);
    }
}
