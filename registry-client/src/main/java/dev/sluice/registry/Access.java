package dev.sluice.registry;

/// How one registry is to be spoken to.
///
/// @param credentials who asks
/// @param plainHttp HTTP instead of HTTPS; passwords and modules travel readable
public record Access(Credentials credentials, boolean plainHttp) {
    /// Anonymous over HTTPS.
    public static Access anonymous() {
        return new Access(new Credentials.Anonymous(), false);
    }

    /// The same over plain HTTP.
    public Access overPlainHttp() {
        return new Access(credentials, true);
    }
}
