package dev.sluice.registry.embedded;

import dev.sluice.oci.Digest;
import dev.sluice.oci.ImageIndex;
import dev.sluice.oci.ImageManifest;
import dev.sluice.oci.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What each repository holds: links to shared content, manifests with their type, tags.
///
/// Keys: `blobs/sha256/<hex>` for content of any kind; per repository
/// `repositories/<name>/{_blobs,_manifests}/<hex>` and `_tags/<tag>`.
///
/// Thread: any.
public final class Repositories {
    private static final byte[] PRESENT = {};
    private static final String ROOT = "repositories/";

    private final Storage storage;

    /// Repositories kept in `storage`.
    public Repositories(Storage storage) {
        this.storage = storage;
    }

    /// A manifest as it is served.
    ///
    /// @param digest digest of `bytes`
    /// @param mediaType the type it was pushed with
    /// @param bytes the document
    @SuppressWarnings("ArrayRecordComponent")
    public record Stored(Digest digest, String mediaType, byte[] bytes) {}

    /// The blob, where this repository has it.
    public Optional<byte[]> blob(String repository, Digest digest) {
        return storage.read(blobLink(repository, digest)).flatMap(_ -> content(digest));
    }

    /// Adds a blob.
    public Digest addBlob(String repository, byte[] bytes) {
        var digest = Digest.of(bytes);
        storage.write("blobs/sha256/" + digest.hex(), bytes);
        storage.write(blobLink(repository, digest), PRESENT);
        return digest;
    }

    /// Makes a blob of another repository visible here; false when it is not there.
    public boolean mountBlob(String repository, String from, Digest digest) {
        if (storage.read(blobLink(from, digest)).isEmpty()) {
            return false;
        }
        storage.write(blobLink(repository, digest), PRESENT);
        return true;
    }

    /// Takes a blob out of this repository.
    public boolean deleteBlob(String repository, Digest digest) {
        return storage.delete(blobLink(repository, digest));
    }

    /// The manifest a tag or digest names.
    public Optional<Stored> manifest(String repository, String name) {
        return digestOf(repository, name)
                .flatMap(digest ->
                        storage.read(manifestLink(repository, digest))
                                .flatMap(type ->
                                        content(digest)
                                                .map(bytes ->
                                                        new Stored(digest, utf8(type), bytes))));
    }

    /// Adds a manifest; the caller has checked that nothing is missing.
    public void addManifest(String repository, Stored manifest) {
        storage.write("blobs/sha256/" + manifest.digest().hex(), manifest.bytes());
        storage.write(
                manifestLink(repository, manifest.digest()),
                manifest.mediaType().getBytes(StandardCharsets.UTF_8));
    }

    /// Points a tag at a manifest.
    public void tag(String repository, String tag, Digest digest) {
        storage.write(tagLink(repository, tag), digest.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// Removes a tag, or a manifest with all its tags.
    public boolean deleteManifest(String repository, String name) {
        if (!name.startsWith("sha256:")) {
            return storage.delete(tagLink(repository, name));
        }
        var digest = Digest.parse(name);
        for (var tag : tags(repository)) {
            if (digestOf(repository, tag).filter(digest::equals).isPresent()) {
                storage.delete(tagLink(repository, tag));
            }
        }
        return storage.delete(manifestLink(repository, digest));
    }

    /// The tags, sorted.
    public List<String> tags(String repository) {
        var prefix = ROOT + repository + "/_tags/";
        return storage.keys(prefix).stream().map(k -> k.substring(prefix.length())).toList();
    }

    /// The repositories that hold a manifest or a blob, sorted.
    public List<String> names() {
        return storage.keys(ROOT).stream()
                .map(k -> k.substring(ROOT.length(), k.lastIndexOf("/_")))
                .distinct()
                .sorted()
                .toList();
    }

    /// What `manifest` names and this repository lacks.
    public List<String> missing(String repository, Manifest manifest) {
        var missing = new ArrayList<String>();
        switch (manifest) {
            case ImageManifest image -> {
                var config = image.config();
                if (config != null && blob(repository, config.digest()).isEmpty()) {
                    missing.add(config.digest().toString());
                }
                for (var layer : image.layers()) {
                    if (blob(repository, layer.digest()).isEmpty()) {
                        missing.add(layer.digest().toString());
                    }
                }
            }
            case ImageIndex index -> {
                for (var entry : index.manifests()) {
                    if (manifest(repository, entry.digest().toString()).isEmpty()) {
                        missing.add(entry.digest().toString());
                    }
                }
            }
        }
        return missing;
    }

    private Optional<Digest> digestOf(String repository, String name) {
        return name.startsWith("sha256:")
                ? Optional.of(Digest.parse(name))
                : storage.read(tagLink(repository, name)).map(b -> Digest.parse(utf8(b)));
    }

    private Optional<byte[]> content(Digest digest) {
        return storage.read("blobs/sha256/" + digest.hex());
    }

    private static String blobLink(String repository, Digest digest) {
        return ROOT + repository + "/_blobs/" + digest.hex();
    }

    private static String manifestLink(String repository, Digest digest) {
        return ROOT + repository + "/_manifests/" + digest.hex();
    }

    private static String tagLink(String repository, String tag) {
        return ROOT + repository + "/_tags/" + tag;
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
