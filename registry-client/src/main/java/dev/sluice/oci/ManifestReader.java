package dev.sluice.oci;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads untrusted manifest JSON; every doubt is a refusal.
final class ManifestReader {
    private static final int MAX_LAYERS = 64;
    private static final int MAX_ENTRIES = 512;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final @Nullable String contentType;

    ManifestReader(@Nullable String contentType) {
        this.contentType = contentType;
    }

    Manifest read(byte[] json) {
        var root = tree(json);
        boolean hasLayers = root.has("layers");
        boolean hasManifests = root.has("manifests");
        if (root.path("schemaVersion").asInt(2) == 1 || root.has("fsLayers")) {
            throw refused("schemaVersion 1 (expected: 2; push the image again with a newer tool)");
        }
        if (hasLayers == hasManifests) {
            throw refused(
                    "%s (expected: either layers or manifests)"
                            .formatted(hasLayers ? "layers and manifests" : "no layers"));
        }
        var type = mediaType(root, hasManifests);
        return hasManifests ? index(root, type) : image(root, type);
    }

    private static JsonNode tree(byte[] json) {
        try {
            var root = JSON.readTree(json);
            if (root == null || !root.isObject()) {
                throw refused("not a JSON object");
            }
            return root;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "manifest: %s (expected: JSON)".formatted(Quoted.value(e.getOriginalMessage())),
                    e);
        }
    }

    private String mediaType(JsonNode root, boolean isIndex) {
        var served = contentType == null ? "" : contentType.replaceFirst(";.*", "").strip();
        var declared = text(root, "mediaType");
        if (isKnown(served) && isKnown(declared) && !served.equals(declared)) {
            throw refused("%s served as %s (expected: one type)".formatted(declared, served));
        }
        var fallback = isIndex ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST;
        var type = isKnown(declared) ? declared : isKnown(served) ? served : fallback;
        if (isIndex != MediaTypes.isIndex(type)) {
            throw refused("content does not fit its type %s".formatted(type));
        }
        return type;
    }

    private static boolean isKnown(String type) {
        return MediaTypes.isManifest(type) || MediaTypes.isIndex(type);
    }

    private static ImageManifest image(JsonNode root, String type) {
        var config = root.path("config");
        var artifactType = text(root, "artifactType");
        return new ImageManifest(
                type,
                artifactType.isEmpty() ? null : artifactType,
                config.isObject() ? descriptor(config, "config") : null,
                descriptors(root, "layers", MAX_LAYERS),
                annotations(root));
    }

    private static ImageIndex index(JsonNode root, String type) {
        return new ImageIndex(type, descriptors(root, "manifests", MAX_ENTRIES), annotations(root));
    }

    private static List<Descriptor> descriptors(JsonNode root, String name, int most) {
        var array = root.path(name);
        if (!array.isArray() || array.size() > most) {
            throw refused(
                    "%d %s (expected: an array of at most %d)".formatted(array.size(), name, most));
        }
        var descriptors = new ArrayList<Descriptor>();
        for (int i = 0; i < array.size(); i++) {
            descriptors.add(descriptor(array.path(i), "%s[%d]".formatted(name, i)));
        }
        return descriptors;
    }

    private static Descriptor descriptor(JsonNode node, String where) {
        var size = node.path("size");
        if (!size.canConvertToLong() || !size.isIntegralNumber() || size.asLong() < 0) {
            throw refused("%s.size (expected: a whole number >= 0)".formatted(where));
        }
        var platform = node.path("platform");
        try {
            return new Descriptor(
                    text(node, "mediaType"),
                    Digest.parse(text(node, "digest")),
                    size.asLong(),
                    annotations(node),
                    platform.isObject()
                            ? new Platform(text(platform, "os"), text(platform, "architecture"))
                            : null);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "manifest: %s.%s".formatted(where, e.getMessage()), e);
        }
    }

    private static Map<String, String> annotations(JsonNode node) {
        var annotations = new LinkedHashMap<String, String>();
        for (var entry : node.path("annotations").properties()) {
            if (entry.getValue().isString()) {
                annotations.put(entry.getKey(), entry.getValue().asString());
            }
        }
        return annotations;
    }

    private static String text(JsonNode node, String name) {
        var value = node.path(name);
        return value.isString() ? value.asString() : "";
    }

    private static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("manifest: " + Quoted.value(what));
    }
}
