/// OCI as values: references, digests, descriptors, manifests, and where in them a module lies.
package dev.sluice.oci;
