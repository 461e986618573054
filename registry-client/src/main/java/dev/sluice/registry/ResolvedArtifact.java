package dev.sluice.registry;

import dev.sluice.oci.Digest;
import dev.sluice.oci.ImageManifest;
import dev.sluice.oci.ImageReference;

/// What a reference leads to at this moment.
///
/// @param reference what was asked for
/// @param resolvedDigest digest of what the reference names: a manifest, or an index
/// @param manifestDigest digest of the manifest itself; differs when an index came first
/// @param manifest the manifest, its bytes checked against `manifestDigest`
public record ResolvedArtifact(
        ImageReference reference,
        Digest resolvedDigest,
        Digest manifestDigest,
        ImageManifest manifest) {}
