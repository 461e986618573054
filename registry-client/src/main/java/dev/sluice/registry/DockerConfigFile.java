package dev.sluice.registry;

import dev.sluice.oci.ImageReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A Docker `config.json`: logins by registry and path, and helpers that keep them elsewhere.
///
/// Thread: any; blocks while a helper runs.
final class DockerConfigFile {
    private static final long MAX_BYTES = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final JsonNode root;

    private DockerConfigFile(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    static DockerConfigFile read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw unusable(file, "larger than 1 MiB");
            }
            return new DockerConfigFile(file, JSON.readTree(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw unusable(file, "not readable");
        } catch (JacksonException _) {
            throw unusable(file, "not JSON");
        }
    }

    /// The login for a repository: helper of its registry, else the longest path that matches, else
    /// the store of all, else anonymous.
    Login login(ImageReference reference) throws InterruptedException {
        var helper = text(root.path("credHelpers"), reference.registry());
        if (!helper.isEmpty()) {
            return CredentialHelper.named(helper).login(reference.registry());
        }
        var auths = normalised(root.path("auths"));
        for (var key : keys(reference)) {
            var entry = auths.get(key);
            if (entry != null && !entry.isEmpty()) {
                return login(key, entry);
            }
        }
        var store = text(root, "credsStore");
        return store.isEmpty()
                ? new Login.Anonymous()
                : CredentialHelper.named(store).login(storeKey(reference.registry()));
    }

    private Login login(String key, JsonNode entry) {
        var identityToken = text(entry, "identitytoken");
        if (!identityToken.isEmpty()) {
            return new Login.IdentityToken(identityToken);
        }
        var user = text(entry, "username");
        if (!user.isEmpty()) {
            return new Login.Password(user, text(entry, "password"));
        }
        var pair = decoded(text(entry, "auth"));
        int colon = pair.indexOf(':');
        if (colon < 1) {
            throw unusable(file, "auths[%s].auth is not base64 of user:password".formatted(key));
        }
        return new Login.Password(pair.substring(0, colon), pair.substring(colon + 1));
    }

    private static String decoded(String auth) {
        try {
            return new String(Base64.getDecoder().decode(auth.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private static List<String> keys(ImageReference reference) {
        var keys = new ArrayList<String>();
        var path = reference.registry() + "/" + reference.repository();
        while (path.indexOf('/') >= 0) {
            keys.add(path);
            path = path.substring(0, path.lastIndexOf('/'));
        }
        keys.add(path);
        if (path.equals("docker.io")) {
            keys.addAll(List.of("index.docker.io", "registry-1.docker.io"));
        }
        return keys;
    }

    private static Map<String, JsonNode> normalised(JsonNode auths) {
        var entries = new LinkedHashMap<String, JsonNode>();
        for (var entry : auths.properties()) {
            var key =
                    entry.getKey().replaceFirst("^https?://", "").replaceFirst("/(v[12]/?)?$", "");
            entries.putIfAbsent(key, entry.getValue());
        }
        return entries;
    }

    private static String storeKey(String registry) {
        return registry.equals("docker.io") ? "https://index.docker.io/v1/" : registry;
    }

    private static String text(JsonNode node, String name) {
        var value = node.path(name);
        return value.isString() ? value.asString() : "";
    }

    private static RegistryException unusable(Path file, String why) {
        return new RegistryException(
                RegistryException.Kind.UNAUTHORIZED,
                "read docker config %s: %s".formatted(file, why));
    }
}
