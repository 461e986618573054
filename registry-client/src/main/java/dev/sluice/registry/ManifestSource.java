package dev.sluice.registry;

import dev.sluice.oci.Digest;
import dev.sluice.oci.ImageIndex;
import dev.sluice.oci.ImageManifest;
import dev.sluice.oci.ImageReference;
import dev.sluice.oci.Manifest;
import dev.sluice.oci.MediaTypes;
import dev.sluice.registry.RegistryException.Kind;
import dev.sluice.registry.transport.Request;
import dev.sluice.registry.transport.Response;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Fetches manifests and believes only what it hashed itself.
///
/// Thread: the operation's virtual thread.
final class ManifestSource {
    private static final int MAX_BYTES = 4 << 20;
    private static final String ACCEPT =
            String.join(
                    ", ",
                    MediaTypes.OCI_MANIFEST,
                    MediaTypes.OCI_INDEX,
                    MediaTypes.DOCKER_MANIFEST,
                    MediaTypes.DOCKER_INDEX);

    private final Session session;

    ManifestSource(Session session) {
        this.session = session;
    }

    private record Fetched(Digest digest, Manifest manifest) {}

    /// The manifest behind `reference`, through an index where there is one.
    ResolvedArtifact resolve(ImageReference reference) throws InterruptedException {
        var step = new Step("pull manifest of " + reference);
        var first = fetch(reference.manifestName(), reference.digest(), step);
        return switch (first.manifest()) {
            case ImageManifest manifest ->
                    new ResolvedArtifact(reference, first.digest(), first.digest(), manifest);
            case ImageIndex index -> child(reference, first.digest(), index, step);
        };
    }

    private ResolvedArtifact child(
            ImageReference reference, Digest indexDigest, ImageIndex index, Step step)
            throws InterruptedException {
        var entry =
                index.choose()
                        .orElseThrow(() ->
                                step.failed(
                                        Kind.UNSUPPORTED_LAYOUT,
                                        "no entry of the index fits; found: %s; accepted: wasm, no platform, a single entry, linux/amd64; a wasip2 component does not run"
                                                .formatted(index.platforms())));
        var childStep = new Step("pull manifest %s of %s".formatted(entry.digest(), reference));
        var fetched = fetch(entry.digest().toString(), entry.digest(), childStep);
        if (fetched.manifest() instanceof ImageManifest manifest) {
            return new ResolvedArtifact(reference, indexDigest, entry.digest(), manifest);
        }
        throw childStep.failed(Kind.UNSUPPORTED_LAYOUT, "an index inside an index");
    }

    private Fetched fetch(String name, @Nullable Digest pinned, Step step)
            throws InterruptedException {
        var request = Request.of("GET", session.uri("manifests/" + name)).with("Accept", ACCEPT);
        return session.exchange(request, step, answer -> read(answer, pinned, step));
    }

    private static Fetched read(Response answer, @Nullable Digest pinned, Step step)
            throws IOException {
        var bytes = answer.body().readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw step.failed(
                    Kind.TOO_LARGE, "more than %d bytes of manifest".formatted(MAX_BYTES));
        }
        var digest = Digest.of(bytes);
        if (pinned != null && !pinned.equals(digest)) {
            throw altered(step, digest, pinned.toString());
        }
        var claimed = answer.header("Docker-Content-Digest").orElse("");
        if (claimed.startsWith("sha256:") && !claimed.equals(digest.toString())) {
            throw altered(step, digest, claimed);
        }
        try {
            return new Fetched(
                    digest, Manifest.parse(bytes, answer.header("Content-Type").orElse(null)));
        } catch (IllegalArgumentException e) {
            throw step.failed(Kind.INVALID_RESPONSE, e);
        }
    }

    private static RegistryException altered(Step step, Digest found, String promised) {
        return step.failed(
                Kind.INTEGRITY, "the bytes hash to %s (expected: %s)".formatted(found, promised));
    }
}
