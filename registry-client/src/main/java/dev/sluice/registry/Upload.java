package dev.sluice.registry;

import dev.sluice.oci.Digest;
import dev.sluice.oci.ImageReference;
import dev.sluice.oci.MediaTypes;
import dev.sluice.registry.RegistryException.Kind;
import dev.sluice.registry.transport.Request;
import dev.sluice.registry.transport.Response;
import java.net.URI;

/// Puts an artifact into a repository: missing blobs first, the manifest last.
///
/// Thread: the operation's virtual thread.
final class Upload {
    private final Session session;
    private final ImageReference reference;

    Upload(Session session, ImageReference reference) {
        this.session = session;
        this.reference = reference;
    }

    Digest push(ArtifactDraft draft) throws InterruptedException {
        for (var blob : draft.blobs()) {
            pushBlob(blob);
        }
        var digest = Digest.of(draft.manifest());
        var step = new Step("push manifest of " + reference);
        var name = reference.tag() == null ? digest.toString() : reference.tag();
        var request =
                Request.of("PUT", session.uri("manifests/" + name))
                        .sending(draft.manifest(), MediaTypes.OCI_MANIFEST);
        return session.upload(request, step, answer -> confirmed(answer, digest, step));
    }

    private void pushBlob(ArtifactDraft.Blob blob) throws InterruptedException {
        var digest = blob.descriptor().digest();
        var step = new Step("push layer %s of %s".formatted(digest, reference));
        if (exists(digest, step)) {
            return;
        }
        var open =
                Request.of("POST", session.uri("blobs/uploads/"))
                        .sending(new byte[0], "application/octet-stream");
        var location =
                session.upload(open, step, answer -> session.location(answer, open.uri(), step));
        var put =
                Request.of("PUT", withDigest(location, digest))
                        .sending(blob.bytes(), "application/octet-stream");
        session.upload(put, step, Response::status);
    }

    private boolean exists(Digest digest, Step step) throws InterruptedException {
        try {
            var head = Request.of("HEAD", session.uri("blobs/" + digest));
            session.exchange(head, step, Response::status);
            return true;
        } catch (RegistryException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private static Digest confirmed(Response answer, Digest own, Step step) {
        var claimed = answer.header("Docker-Content-Digest").orElse("");
        if (claimed.startsWith("sha256:") && !claimed.equals(own.toString())) {
            throw step.failed(
                    Kind.INTEGRITY,
                    "the registry stored %s (expected: %s)".formatted(claimed, own));
        }
        return own;
    }

    private static URI withDigest(URI location, Digest digest) {
        var separator = location.getRawQuery() == null ? "?" : "&";
        return URI.create(location + separator + "digest=" + digest.toString().replace(":", "%3A"));
    }
}
