package dev.sluice.host.plugin;

import dev.sluice.abi.Profile;
import dev.sluice.abi.vm.ModuleLimits;
import dev.sluice.abi.vm.PluginCode;
import dev.sluice.abi.vm.PluginModule;
import dev.sluice.oci.Digest;
import dev.sluice.oci.ImageReference;
import dev.sluice.registry.Access;
import dev.sluice.registry.RegistryClient;
import dev.sluice.registry.RegistryException;
import dev.sluice.registry.WasmArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Where modules come from: a registry, a file or this machine's own disk; each compiled once.
///
/// Thread: any that may block.
public final class ModuleStore {
    private static final Duration LONGEST_COMPILATION = Duration.ofMinutes(2);

    private final RegistryClient registry;
    private final BlobStore blobs;
    private final CodeCache cache;
    private final ModuleLimits limits;
    private final Compiler compiler = new Compiler(1, LONGEST_COMPILATION);
    private final Map<CodeKey, PluginModule> compiled = new ConcurrentHashMap<>();

    /// What makes two compiled modules the same.
    public record CodeKey(Digest module, Profile profile) {}

    /// What a module resource was resolved to.
    ///
    /// @param module digest of its bytes, which are on this machine's disk
    /// @param manifest digest of its manifest; null when it did not come from a registry
    public record Resolved(Digest module, @Nullable Digest manifest) {}

    public ModuleStore(
            RegistryClient registry, BlobStore blobs, CodeCache cache, ModuleLimits limits) {
        this.registry = registry;
        this.blobs = blobs;
        this.cache = cache;
        this.limits = limits;
    }

    /// Pulls and verifies a module.
    ///
    /// @throws AdmissionException when it cannot be had
    public Resolved pull(String name, ImageReference reference, Access access) {
        try {
            WasmArtifact artifact = registry.pull(reference, access);
            keep(name, artifact.moduleDigest(), artifact.bytes());
            return new Resolved(artifact.moduleDigest(), artifact.manifestDigest());
        } catch (RegistryException e) {
            throw new AdmissionException(
                    "module_pull_failed", "module %s: %s".formatted(name, e.getMessage()), e);
        }
    }

    /// Takes a module from a file.
    ///
    /// @throws AdmissionException when it cannot be read
    public Resolved read(String name, Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new IOException("it is not a regular file");
            }
            if (Files.size(file) > limits.moduleBytes()) {
                throw new AdmissionException(
                        "module_too_large",
                        "module %s: %s has %d bytes (most: %d)"
                                .formatted(name, file, Files.size(file), limits.moduleBytes()));
            }
            byte[] bytes = Files.readAllBytes(file);
            Digest digest = Digest.of(bytes);
            keep(name, digest, bytes);
            return new Resolved(digest, null);
        } catch (IOException e) {
            throw new AdmissionException(
                    "module_not_readable",
                    "module %s: %s cannot be read: %s"
                            .formatted(
                                    name,
                                    file.toAbsolutePath(),
                                    e instanceof NoSuchFileException
                                            ? "there is no such file"
                                            : e.getMessage()),
                    e);
        }
    }

    /// Whether the bytes with this digest are on this machine's disk.
    public boolean has(Digest module) {
        try {
            return blobs.get(module) != null;
        } catch (IOException _) {
            return false;
        }
    }

    /// The code of a resolved module, compiled when that was not done before.
    ///
    /// @throws AdmissionException when it cannot serve as a plugin
    public PluginModule code(String name, Digest module, Profile profile)
            throws InterruptedException {
        var key = new CodeKey(module, profile);
        PluginModule present = compiled.get(key);
        if (present == null) {
            present = kept(name, module, profile);
        }
        if (present == null) {
            PluginCode code = compiler.compile(name, bytes(name, module), limits, profile);
            cache.put(module, code);
            present = compiler.load(name, code, profile);
        }
        compiled.put(key, present);
        return present;
    }

    /// Forgets all code but this; bundles that still run keep theirs.
    public void retainCode(Set<CodeKey> kept) {
        compiled.keySet().retainAll(kept);
    }

    /// Deletes the bytes and the kept code of all modules but these from the disk.
    public void retainBytes(Set<Digest> kept) throws IOException {
        blobs.retain(kept);
        cache.retain(kept);
    }

    /// The code as it was kept on disk; null when it was not, or cannot be loaded any more.
    private @Nullable PluginModule kept(String name, Digest module, Profile profile)
            throws InterruptedException {
        PluginCode code = cache.get(module);
        if (code == null) {
            return null;
        }
        try {
            return compiler.load(name, code, profile);
        } catch (AdmissionException _) {
            return null;
        }
    }

    private byte[] bytes(String name, Digest module) {
        try {
            byte[] bytes = blobs.get(module);
            if (bytes == null) {
                throw new AdmissionException(
                        "module_lost",
                        "module %s: %s is not on this machine's disk any more; apply it again"
                                .formatted(name, module));
            }
            return bytes;
        } catch (IOException e) {
            throw disk(name, e);
        }
    }

    private void keep(String name, Digest digest, byte[] bytes) {
        try {
            blobs.put(digest, bytes);
        } catch (IOException e) {
            throw disk(name, e);
        }
    }

    private static AdmissionException disk(String name, IOException e) {
        return new AdmissionException(
                "disk_failed", "module %s: the data directory: %s".formatted(name, e), e);
    }
}
