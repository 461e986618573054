package dev.sluice.host.cli;

import dev.sluice.oci.Digest;
import dev.sluice.oci.ImageReference;
import dev.sluice.registry.Access;
import dev.sluice.registry.Credentials;
import dev.sluice.registry.PushLayout;
import dev.sluice.registry.RegistryClient;
import dev.sluice.registry.RegistryOptions;
import dev.sluice.registry.WasmArtifact;
import dev.sluice.registry.WasmArtifactContent;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// `sluice plugin push` and `sluice plugin pull`, with the logins of the Docker client.
final class PluginVerbs {
    private PluginVerbs() {}

    static int push(List<String> given, PrintStream out, PrintStream err) throws IOException {
        var arguments = new Arguments(given, Set.of("--plain-http", "--compat"), Set.of(), 2);
        ImageReference reference = reference(arguments);
        if (reference.digest() != null) {
            throw new UsageException(
                    "%s names a digest; push to a tag, such as :1".formatted(reference));
        }
        byte[] bytes = Files.readAllBytes(Path.of(arguments.word(1, "FILE")));
        if (bytes.length < 4 || bytes[0] != 0 || bytes[1] != 'a' || bytes[2] != 's') {
            throw new FailedException(
                    "%s is no WebAssembly module".formatted(arguments.word(1, "FILE")));
        }
        WasmArtifactContent content = WasmArtifactContent.of(bytes);
        if (arguments.has("--compat")) {
            content = content.as(PushLayout.COMPAT);
        }
        try (var client = new RegistryClient(RegistryOptions.defaults())) {
            Digest digest = client.push(reference, content, access(arguments));
            out.printf("pushed %s%n", reference);
            out.printf("  manifest %s%n  module   %s%n", digest, Digest.of(bytes));
            return 0;
        }
    }

    static int pull(List<String> given, PrintStream out, PrintStream err) throws IOException {
        var arguments = new Arguments(given, Set.of("--plain-http"), Set.of("-o"), 1);
        ImageReference reference = reference(arguments);
        String named = arguments.option("-o");
        Path file = Path.of(named == null ? "plugin.wasm" : named);
        if (named == null && Files.exists(file)) {
            throw new FailedException("plugin.wasm is there already; name a file with -o");
        }
        WasmArtifact artifact = pulled(arguments);
        Files.write(file, artifact.bytes());
        out.printf("pulled %s to %s (%d bytes)%n", reference, file, artifact.bytes().length);
        out.printf(
                "  manifest %s%n  module   %s%n",
                artifact.manifestDigest(), artifact.moduleDigest());
        return 0;
    }

    /// What the first word names, pulled and verified.
    static WasmArtifact pulled(Arguments arguments) {
        try (var client = new RegistryClient(RegistryOptions.defaults())) {
            return client.pull(reference(arguments), access(arguments));
        }
    }

    private static ImageReference reference(Arguments arguments) {
        try {
            return ImageReference.parse(arguments.word(0, "REF"));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static Access access(Arguments arguments) {
        Path logins = Path.of(System.getProperty("user.home"), ".docker", "config.json");
        Access access =
                Files.exists(logins)
                        ? new Access(new Credentials.DockerConfig(logins), false)
                        : Access.anonymous();
        return arguments.has("--plain-http") ? access.overPlainHttp() : access;
    }
}
