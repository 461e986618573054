package dev.sluice.oci;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One artifact: a config and its layers, in order.
///
/// @param mediaType OCI or Docker manifest type
/// @param artifactType what the artifact is, or null
/// @param config the config blob, or null where the document has none
/// @param layers the content, first layer first
/// @param annotations key-value remarks
public record ImageManifest(
        String mediaType,
        @Nullable String artifactType,
        @Nullable Descriptor config,
        List<Descriptor> layers,
        Map<String, String> annotations)
        implements Manifest {
    /// Copies its collections.
    public ImageManifest {
        layers = List.copyOf(layers);
        annotations = Map.copyOf(annotations);
    }
}
