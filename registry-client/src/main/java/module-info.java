import org.jspecify.annotations.NullMarked;

/// An OCI reference in, verified module bytes out; and the way back, and a small registry to try
/// both against.
@NullMarked
@SuppressWarnings("requires-automatic")
module dev.sluice.registry {
    requires static transitive org.jspecify;
    requires java.net.http;
    requires jdk.httpserver;
    requires oras.java.sdk;
    requires tools.jackson.databind;

    exports dev.sluice.oci;
    exports dev.sluice.registry;
}
