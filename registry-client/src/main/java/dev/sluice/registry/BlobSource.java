package dev.sluice.registry;

import dev.sluice.oci.Descriptor;
import dev.sluice.oci.Digest;
import dev.sluice.oci.ImageReference;
import dev.sluice.registry.RegistryException.Kind;
import dev.sluice.registry.transport.Request;
import java.io.IOException;
import java.io.InputStream;

/// Fetches layers whole, no longer than their descriptor says and hashed on the way.
///
/// Thread: the operation's virtual thread.
final class BlobSource {
    private static final int CHUNK = 1 << 16;

    private final Session session;
    private final ImageReference reference;
    private final long maxBytes;

    BlobSource(Session session, ImageReference reference, long maxBytes) {
        this.session = session;
        this.reference = reference;
        this.maxBytes = maxBytes;
    }

    byte[] fetch(Descriptor layer) throws InterruptedException {
        var step = new Step("pull layer %s of %s".formatted(layer.digest(), reference));
        if (layer.size() > maxBytes) {
            throw step.failed(
                    Kind.TOO_LARGE, "%d bytes (expected: <= %d)".formatted(layer.size(), maxBytes));
        }
        var request = Request.of("GET", session.uri("blobs/" + layer.digest()));
        return session.exchange(request, step, answer -> read(answer.body(), layer, step));
    }

    private static byte[] read(InputStream body, Descriptor layer, Step step) throws IOException {
        var hash = Digest.sha256();
        var content = new byte[Math.toIntExact(layer.size())];
        int filled = 0;
        while (filled < content.length) {
            int read = body.read(content, filled, Math.min(CHUNK, content.length - filled));
            if (read < 0) {
                throw step.failed(
                        Kind.INTEGRITY,
                        "ends after %d bytes (expected: %d)".formatted(filled, content.length));
            }
            hash.update(content, filled, read);
            filled += read;
        }
        if (body.read() >= 0) {
            throw step.failed(Kind.INTEGRITY, "goes on after %d bytes".formatted(content.length));
        }
        var digest = Digest.of(hash);
        if (!digest.equals(layer.digest())) {
            throw step.failed(
                    Kind.INTEGRITY,
                    "the bytes hash to %s (expected: %s)".formatted(digest, layer.digest()));
        }
        return content;
    }
}
