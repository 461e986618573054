package dev.sluice.registry;

import dev.sluice.oci.Digest;
import dev.sluice.oci.ImageReference;
import java.util.concurrent.Callable;

/// Resolves references, pulls modules and pushes them, trusting nothing that it did not hash.
///
/// Every operation is over by its deadline. It fails with a [RegistryException].
///
/// Thread: any, best a virtual one; blocks.
public final class RegistryClient implements AutoCloseable {
    private final RegistryOptions options;
    private final Connections connections;

    /// A client without connections yet.
    public RegistryClient(RegistryOptions options) {
        this.options = options;
        connections = new Connections(options.connectTimeout());
    }

    /// What `reference` leads to now; the manifest was hashed, the module not yet fetched.
    public ResolvedArtifact resolve(ImageReference reference, Access access) {
        var operation = new Operation("resolve " + reference, reference, access);
        return operation.run(() -> operation.manifests().resolve(reference));
    }

    /// The module behind `reference`.
    public WasmArtifact pull(ImageReference reference, Access access) {
        var operation = new Operation("pull " + reference, reference, access);
        return operation.run(() -> operation.pull(reference));
    }

    /// Pushes a module and returns the digest of its manifest.
    ///
    /// Throws `IllegalArgumentException` for a reference with a digest: only the push decides it.
    public Digest push(ImageReference reference, WasmArtifactContent content, Access access) {
        if (reference.digest() != null) {
            throw new IllegalArgumentException(
                    "reference: %s (expected: a tag and no digest)".formatted(reference));
        }
        var step = new Step("push " + reference);
        WasmHeader.check(content.bytes(), step);
        var draft = ArtifactDraft.of(content);
        var operation = new Operation(step.action(), reference, access);
        return operation.run(
                () -> new Upload(operation.session("pull,push"), reference).push(draft));
    }

    /// Ends what is under way and closes the connections.
    ///
    /// No thread is left, unless something was pushed: oras-java's daemon selector ends only when
    /// it is collected.
    @Override
    public void close() {
        connections.close();
    }

    /// One call of this client, from its first byte to its deadline.
    private final class Operation {
        private final Step step;
        private final ImageReference reference;
        private final Access access;
        private final Deadline deadline = Deadline.in(options.deadline());

        Operation(String action, ImageReference reference, Access access) {
            step = new Step(action);
            this.reference = reference;
            this.access = access;
        }

        <T> T run(Callable<T> call) {
            return deadline.run(step, call);
        }

        ManifestSource manifests() throws InterruptedException {
            return new ManifestSource(session("pull"));
        }

        WasmArtifact pull(ImageReference wanted) throws InterruptedException {
            var session = session("pull");
            var resolved = new ManifestSource(session).resolve(wanted);
            var blobs = new BlobSource(session, wanted, options.maxModuleBytes());
            var module =
                    new ModuleReader(blobs, options.maxModuleBytes(), wanted)
                            .read(resolved.manifest());
            return new WasmArtifact(
                    wanted,
                    resolved.resolvedDigest(),
                    resolved.manifestDigest(),
                    Digest.of(module.bytes()),
                    module.bytes(),
                    module.layout());
        }

        Session session(String actions) throws InterruptedException {
            var retry = new Retry(options.attempts(), options.retryDelay(), deadline);
            var purpose = new Session.Purpose(actions, access.plainHttp());
            return new Session(connections, retry, reference, login(), purpose);
        }

        private Login login() throws InterruptedException {
            return switch (access.credentials()) {
                case Credentials.Anonymous() -> new Login.Anonymous();
                case Credentials.Basic(var user, var password) ->
                        new Login.Password(user, password);
                case Credentials.DockerConfig(var file) ->
                        DockerConfigFile.read(file).login(reference);
            };
        }
    }
}
