package dev.sluice.registry;

import dev.sluice.oci.Descriptor;
import dev.sluice.oci.ImageManifest;
import dev.sluice.oci.ImageReference;
import dev.sluice.oci.ModuleLocation;
import dev.sluice.registry.RegistryException.Kind;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gets the module out of an artifact, wherever the manifest says it lies.
///
/// Thread: the operation's virtual thread.
final class ModuleReader {
    private final BlobSource blobs;
    private final long maxBytes;
    private final Step step;

    ModuleReader(BlobSource blobs, long maxBytes, ImageReference reference) {
        this.blobs = blobs;
        this.maxBytes = maxBytes;
        step = new Step("find module in " + reference);
    }

    /// A module and the words for the rule that found it.
    @SuppressWarnings("ArrayRecordComponent")
    record Module(byte[] bytes, String layout) {}

    Module read(ImageManifest manifest) throws InterruptedException {
        var module =
                switch (ModuleLocation.in(manifest)) {
                    case ModuleLocation.Raw(var layer, var rule) ->
                            new Module(blobs.fetch(layer), rule);
                    case ModuleLocation.Archived(var layers) -> archived(manifest, layers);
                    case ModuleLocation.Unmarked(var layer) -> unmarked(manifest, layer);
                    case ModuleLocation.Unsupported(var found) ->
                            throw step.failed(Kind.UNSUPPORTED_LAYOUT, found);
                };
        if (module.bytes().length > maxBytes) {
            throw tooLarge(module.bytes().length + " bytes");
        }
        WasmHeader.check(module.bytes(), step);
        return module;
    }

    private Module archived(ImageManifest manifest, List<Descriptor> layers)
            throws InterruptedException {
        var removed = new HashSet<String>();
        for (var layer : layers) {
            var stored = blobs.fetch(layer);
            try (var content = UnpackedLayer.open(stored, maxBytes)) {
                if (WasmHeader.hasMagic(content.peek())) {
                    return new Module(content.readAllBytes(), "tar layer that is itself a module");
                }
                var archive = LayerArchive.read(content, removed);
                var found = found(manifest, archive);
                if (found != null) {
                    return found;
                }
                removed.addAll(archive.removed());
            } catch (IOException e) {
                throw broken(layer, e);
            }
        }
        throw refused("no tar layer holds plugin.wasm or a single *.wasm", manifest);
    }

    private Module unmarked(ImageManifest manifest, Descriptor layer) throws InterruptedException {
        var stored = blobs.fetch(layer);
        try (var content = UnpackedLayer.open(stored, maxBytes)) {
            var start = content.peek();
            if (WasmHeader.hasMagic(start)) {
                return new Module(content.readAllBytes(), "single layer, by its first bytes");
            }
            if (LayerArchive.isTar(start)) {
                var found = found(manifest, LayerArchive.read(content, new HashSet<>()));
                if (found != null) {
                    return found;
                }
            }
        } catch (IOException e) {
            throw broken(layer, e);
        }
        throw refused("the single layer is neither a module nor an archive of one", manifest);
    }

    private @Nullable Module found(ImageManifest manifest, LayerArchive archive) {
        return switch (archive.choose()) {
            case LayerArchive.Found(var bytes, var rule) -> new Module(bytes, rule);
            case LayerArchive.Ambiguous(var names) ->
                    throw refused("several modules in a tar layer: " + names, manifest);
            case LayerArchive.Nothing() -> null;
        };
    }

    private RegistryException broken(Descriptor layer, IOException cause) {
        return cause instanceof UnpackedLayer.TooLargeException
                ? tooLarge("layer %s %s".formatted(layer.digest(), cause.getMessage()))
                : step.failed(
                        Kind.UNSUPPORTED_LAYOUT,
                        "layer %s cannot be unpacked: %s"
                                .formatted(layer.digest(), cause.getMessage()));
    }

    private RegistryException tooLarge(String what) {
        return step.failed(Kind.TOO_LARGE, "%s (expected: <= %d)".formatted(what, maxBytes));
    }

    private RegistryException refused(String why, ImageManifest manifest) {
        return step.failed(Kind.UNSUPPORTED_LAYOUT, ModuleLocation.refuse(why, manifest).found());
    }
}
