package dev.sluice.conformance.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.conformance.guest.Guests;
import dev.sluice.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Configs that say which they are, in two routes and in the bytes of a module.
///
/// @param folder where their data directory and their modules are
record Numbered(Path folder) {
    private static final int SECTION = 6;

    Path data() {
        return folder.resolve("data");
    }

    /// The config with this number, whole.
    String config(int number) throws IOException {
        return Subject.head(data()) + resources(number);
    }

    /// The same in a file.
    Path file(int number) throws IOException {
        return Files.writeString(folder.resolve("config.yaml"), config(number));
    }

    /// What is in it beside settings and listener.
    String resources(int number) throws IOException {
        Path module = folder.resolve("module-%d.wasm".formatted(number));
        Files.write(module, module(number));
        return """
        routes:
          a: { match: { path: { exact: /a } }, respond: { status: 200, body: "%1$d" } }
          b: { match: { path: { exact: /b } }, respond: { status: 200, body: "%1$d" } }
        modules: { m: { source: { file: { path: "%2$s" } } } }
        plugins: { p: { module: m } }
        bindings: { p: { plugin: p, target: { global: true } } }
        """
                .formatted(number, module);
    }

    /// A guest with the number in a custom section.
    static byte[] module(int number) {
        byte[] guest = Guests.bytes("nothing");
        byte[] module = Arrays.copyOf(guest, guest.length + 2 + SECTION);
        int at = guest.length;
        module[at + 1] = SECTION;
        module[at + 2] = 1;
        module[at + 3] = 'n';
        for (int i = 0; i < Integer.BYTES; i++) {
            module[at + 4 + i] = (byte) (number >>> (i * Byte.SIZE));
        }
        return module;
    }

    /// Looks whether a config is there whole.
    ///
    /// @param config as the config API tells it
    static int whole(String config, String a, String b) {
        JsonNode document = JsonMapper.shared().readTree(config);
        assertThat(b).as("a is %s", a).isEqualTo(a);
        for (String route : List.of("a", "b")) {
            assertThat(document.at("/routes/" + route + "/respond/body").stringValue())
                    .isEqualTo(a);
        }
        assertThat(document.at("/modules/m/source/file/path").stringValue())
                .endsWith("module-%s.wasm".formatted(a));
        return Integer.parseInt(a);
    }

    /// Every module on disk is what its name says, and no draft is left.
    void checkFiles() throws IOException {
        try (Stream<Path> files = Files.list(data().resolve("blobs").resolve("sha256"))) {
            for (Path each : files.toList()) {
                assertThat(Digest.of(Files.readAllBytes(each)).hex())
                        .isEqualTo(each.getFileName().toString());
            }
        }
        try (Stream<Path> files = Files.list(data().resolve("generations"))) {
            assertThat(files).noneMatch(each -> each.toString().endsWith(".tmp"));
        }
    }
}
