package dev.sluice.oci;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The name of an artifact: `host[:port]/repository[:tag][@digest]`.
///
/// Where both are given the digest decides and the tag is documentation.
///
/// @param registry host and optional port, always explicit: no registry is assumed
/// @param repository path inside the registry
/// @param tag movable name, or null when only the digest was given
/// @param digest digest of the manifest or index, or null when only a tag was given
public record ImageReference(
        String registry, String repository, @Nullable String tag, @Nullable Digest digest) {
    private static final String SCHEME = "oci://";
    private static final int MAX_PORT = 65_535;
    private static final int MAX_REPOSITORY = 255;
    private static final Pattern HOST =
            Pattern.compile(
                    "(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?");
    private static final Pattern REPOSITORY =
            Pattern.compile(
                    "[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    /// Refuses parts outside the OCI grammar, and a reference with neither tag nor digest.
    public ImageReference {
        if (!isHost(registry)) {
            throw refused("registry", registry, "host[:port] with a dot or a port, or localhost");
        }
        if (repository.length() > MAX_REPOSITORY || !REPOSITORY.matcher(repository).matches()) {
            throw refused(
                    "repository",
                    repository,
                    "lower-case path such as acme/waf, <= 255 characters");
        }
        if (tag != null && !TAG.matcher(tag).matches()) {
            throw refused("tag", tag, "letters, digits, '_', '.', '-', <= 128 characters");
        }
        if (tag == null && digest == null) {
            throw refused("reference", registry + "/" + repository, "a tag or a digest");
        }
    }

    /// Reads `[oci://]host[:port]/repository[:tag][@digest]`; the tag is `latest` when neither is
    /// given.
    ///
    /// Throws `IllegalArgumentException` that names the part at fault.
    public static ImageReference parse(String text) {
        var rest = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
        if (rest.contains("://")) {
            throw refused(
                    "reference", text, "host[:port]/repository[:tag][@digest], oci:// at most");
        }
        Digest digest = null;
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = Digest.parse(rest.substring(at + 1));
            rest = rest.substring(0, at);
        }
        int slash = rest.indexOf('/');
        if (slash < 0 || !isHost(rest.substring(0, slash))) {
            throw refused(
                    "reference",
                    text,
                    "a registry host first, e.g. ghcr.io/acme/waf:v1; none is assumed");
        }
        var path = rest.substring(slash + 1);
        String tag = null;
        int colon = path.indexOf(':');
        if (colon >= 0) {
            tag = path.substring(colon + 1);
            path = path.substring(0, colon);
        }
        if (tag == null && digest == null) {
            tag = "latest";
        }
        return new ImageReference(rest.substring(0, slash), path, tag, digest);
    }

    /// The same repository, pinned to `pinned`.
    public ImageReference withDigest(Digest pinned) {
        return new ImageReference(registry, repository, tag, pinned);
    }

    /// What the manifest is asked for by: the digest where there is one, else the tag.
    public String manifestName() {
        return digest != null ? digest.toString() : String.valueOf(tag);
    }

    @Override
    public String toString() {
        return registry
                + "/"
                + repository
                + (tag == null ? "" : ":" + tag)
                + (digest == null ? "" : "@" + digest);
    }

    private static boolean isHost(String text) {
        if (!HOST.matcher(text).matches() || !isTellingHost(text)) {
            return false;
        }
        try {
            var uri = new URI("https://" + text);
            return uri.getHost() != null && uri.getPort() != 0 && uri.getPort() <= MAX_PORT;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    /// Whether it cannot be the first part of a repository path.
    private static boolean isTellingHost(String text) {
        return text.indexOf('.') >= 0 || text.indexOf(':') >= 0 || text.equals("localhost");
    }

    private static IllegalArgumentException refused(String name, String value, String rule) {
        return new IllegalArgumentException(
                "%s: %s (expected: %s)".formatted(name, Quoted.value(value), rule));
    }
}
