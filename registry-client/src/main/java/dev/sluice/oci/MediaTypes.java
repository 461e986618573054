package dev.sluice.oci;

/// The media types that this client reads or writes.
public final class MediaTypes {
    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String OCI_EMPTY = "application/vnd.oci.empty.v1+json";
    public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
    public static final String OCI_TAR = "application/vnd.oci.image.layer.v1.tar";
    public static final String OCI_TAR_GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";
    public static final String DOCKER_MANIFEST =
            "application/vnd.docker.distribution.manifest.v2+json";
    public static final String DOCKER_INDEX =
            "application/vnd.docker.distribution.manifest.list.v2+json";
    public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
    public static final String DOCKER_TAR_GZIP =
            "application/vnd.docker.image.rootfs.diff.tar.gzip";
    public static final String WASM = "application/wasm";
    public static final String MODULE_WASM = "application/vnd.module.wasm.content.layer.v1+wasm";
    public static final String MODULE_WASM_CONFIG = "application/vnd.module.wasm.config.v1+json";
    public static final String OLD_WASM = "application/vnd.wasm.content.layer.v1+wasm";

    /// Names an artifact whose layers are of the `application/vnd.module.wasm` family.
    public static final String MODULE_WASM_ARTIFACT = "application/vnd.module.wasm.v1";

    private MediaTypes() {}

    static boolean isManifest(String type) {
        return type.equals(OCI_MANIFEST) || type.equals(DOCKER_MANIFEST);
    }

    static boolean isIndex(String type) {
        return type.equals(OCI_INDEX) || type.equals(DOCKER_INDEX);
    }

    static boolean isTar(String type) {
        return type.equals(OCI_TAR) || type.equals(OCI_TAR_GZIP) || type.equals(DOCKER_TAR_GZIP);
    }
}
