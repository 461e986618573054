package dev.sluice.host;

/// Which build this is.
public final class Version {
    private Version() {}

    /// The version of the jar, or `development` outside one.
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
