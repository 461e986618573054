package dev.sluice.oci;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The SHA-256 of some bytes, as OCI writes it: `sha256:<64 hex digits>`.
///
/// @param hex 64 lower-case hex digits
public record Digest(String hex) {
    private static final String PREFIX = "sha256:";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /// Refuses anything but 64 lower-case hex digits.
    public Digest {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException(
                    "digest: %s (expected: sha256:<64 hex digits>)".formatted(Quoted.value(hex)));
        }
    }

    /// Reads `sha256:<64 hex digits>`.
    public static Digest parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "digest: %s (expected: sha256:<64 hex digits>)".formatted(Quoted.value(text)));
        }
        return new Digest(text.substring(PREFIX.length()));
    }

    /// The digest of `bytes`.
    public static Digest of(byte[] bytes) {
        var hash = sha256();
        hash.update(bytes);
        return of(hash);
    }

    /// The digest that `finished` has come to; it is reset.
    public static Digest of(MessageDigest finished) {
        return new Digest(HexFormat.of().formatHex(finished.digest()));
    }

    /// A fresh SHA-256 computation.
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + hex;
    }
}
