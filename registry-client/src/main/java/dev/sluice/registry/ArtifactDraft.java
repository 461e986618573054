package dev.sluice.registry;

import dev.sluice.oci.Descriptor;
import dev.sluice.oci.Digest;
import dev.sluice.oci.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An artifact before its push: blobs in the order to push them, then the manifest.
///
/// Equal content makes equal bytes: nothing in it depends on the time or the machine.
///
/// @param blobs config and layers
/// @param manifest bytes of the manifest
@SuppressWarnings("ArrayRecordComponent")
record ArtifactDraft(List<Blob> blobs, byte[] manifest) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] RUNTIME =
            "{\"type\":\"envoy_proxy\"}".getBytes(StandardCharsets.UTF_8);

    /// Some content and its descriptor.
    record Blob(Descriptor descriptor, byte[] bytes) {
        static Blob of(String mediaType, byte[] bytes) {
            return new Blob(Descriptor.of(mediaType, bytes), bytes);
        }

        Blob titled(String name) {
            return new Blob(descriptor.titled(name), bytes);
        }
    }

    static ArtifactDraft of(WasmArtifactContent content) {
        return switch (content.layout()) {
            case WASM -> wasm(content);
            case COMPAT -> compat(content);
        };
    }

    private static ArtifactDraft wasm(WasmArtifactContent content) {
        var root = document();
        root.put("artifactType", MediaTypes.MODULE_WASM_ARTIFACT);
        return finished(
                root,
                content.annotations(),
                List.of(
                        Blob.of(MediaTypes.OCI_EMPTY, EMPTY),
                        Blob.of(MediaTypes.MODULE_WASM_CONFIG, RUNTIME)
                                .titled("runtime-config.json"),
                        Blob.of(MediaTypes.MODULE_WASM, content.bytes()).titled("plugin.wasm")));
    }

    private static ArtifactDraft compat(WasmArtifactContent content) {
        var tar = TarFile.of("plugin.wasm", content.bytes());
        var config = JSON.createObjectNode();
        config.put("architecture", "amd64").put("os", "linux").putObject("config");
        var rootfs = config.putObject("rootfs");
        rootfs.put("type", "layers").putArray("diff_ids").add(Digest.of(tar).toString());
        var annotations = new TreeMap<>(content.annotations());
        annotations.putIfAbsent("module.wasm.image/variant", "compat");
        return finished(
                document(),
                annotations,
                List.of(
                        Blob.of(MediaTypes.OCI_CONFIG, JSON.writeValueAsBytes(config)),
                        Blob.of(MediaTypes.OCI_TAR_GZIP, gzip(tar))));
    }

    private static ObjectNode document() {
        return JSON.createObjectNode()
                .put("schemaVersion", 2)
                .put("mediaType", MediaTypes.OCI_MANIFEST);
    }

    private static ArtifactDraft finished(
            ObjectNode root, Map<String, String> annotations, List<Blob> blobs) {
        describe(root.putObject("config"), blobs.getFirst().descriptor());
        var layers = root.putArray("layers");
        blobs.stream().skip(1).forEach(b -> describe(layers.addObject(), b.descriptor()));
        if (!annotations.isEmpty()) {
            var remarks = root.putObject("annotations");
            new TreeMap<>(annotations).forEach(remarks::put);
        }
        return new ArtifactDraft(blobs, JSON.writeValueAsBytes(root));
    }

    private static void describe(ObjectNode node, Descriptor descriptor) {
        node.put("mediaType", descriptor.mediaType());
        node.put("digest", descriptor.digest().toString());
        node.put("size", descriptor.size());
        if (!descriptor.annotations().isEmpty()) {
            var remarks = node.putObject("annotations");
            new TreeMap<>(descriptor.annotations()).forEach(remarks::put);
        }
    }

    private static byte[] gzip(byte[] content) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
