package dev.sluice.oci;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Several manifests behind one name, usually one per platform.
///
/// @param mediaType OCI or Docker index type
/// @param manifests the entries, in order
/// @param annotations key-value remarks
public record ImageIndex(
        String mediaType, List<Descriptor> manifests, Map<String, String> annotations)
        implements Manifest {
    /// Copies its collections.
    public ImageIndex {
        manifests = List.copyOf(manifests);
        annotations = Map.copyOf(annotations);
    }

    /// The entry that holds a core Wasm module, by the first rule that one entry meets: Wasm
    /// architecture; no platform; the only entry; linux/amd64.
    ///
    /// Attestations (`unknown/unknown`) and components (`wasip2`) are not considered.
    public Optional<Descriptor> choose() {
        var candidates =
                manifests.stream().filter(m -> !isAttestation(m) && !isComponent(m)).toList();
        return first(candidates, ImageIndex::isWasm)
                .or(() -> first(candidates, m -> m.platform() == null))
                .or(() -> first(candidates, _ -> candidates.size() == 1))
                .or(() -> first(candidates, m -> isPlatform(m, "linux", "amd64")));
    }

    /// The platforms of the entries, for an error message.
    public String platforms() {
        return manifests.isEmpty()
                ? "nothing"
                : String.join(
                        ", ",
                        manifests.stream()
                                .map(ImageIndex::platformName)
                                .map(Quoted::value)
                                .toList());
    }

    private static Optional<Descriptor> first(
            List<Descriptor> candidates, Predicate<Descriptor> rule) {
        return candidates.stream().filter(rule).findFirst();
    }

    private static boolean isWasm(Descriptor entry) {
        var platform = entry.platform();
        return platform != null
                && (platform.architecture().equals("wasm")
                        || platform.architecture().equals("wasm32"));
    }

    private static boolean isComponent(Descriptor entry) {
        var platform = entry.platform();
        return platform != null && platform.os().equals("wasip2");
    }

    private static boolean isAttestation(Descriptor entry) {
        return isPlatform(entry, "unknown", "unknown");
    }

    private static boolean isPlatform(Descriptor entry, String os, String architecture) {
        return new Platform(os, architecture).equals(entry.platform());
    }

    private static String platformName(Descriptor entry) {
        var platform = entry.platform();
        return platform == null ? "no platform" : platform.toString();
    }
}
