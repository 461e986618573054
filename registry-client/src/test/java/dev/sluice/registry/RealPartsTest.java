package dev.sluice.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.oci.ImageReference;
import dev.sluice.registry.RegistryException.Kind;
import dev.sluice.registry.testing.Guests;
import dev.sluice.registry.testing.RealRegistry;
import dev.sluice.registry.testing.RealTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RealPartsTest {
    private static final byte[] MODULE = Guests.module(300_000);

    @TempDir Path folder;

    private final Fixture fixture = new Fixture();

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(PushLayout.class)
    void dockerRegistryGivesBackWhatWasPushed(PushLayout layout) {
        var registry = fixture.own(RealRegistry.open(folder));
        var reference = Fixture.reference(registry.host(), "v1");

        var digest =
                fixture.client.push(
                        reference, WasmArtifactContent.of(MODULE).as(layout), Fixture.ANONYMOUS);
        var pulled = fixture.client.pull(reference.withDigest(digest), Fixture.ANONYMOUS);

        assertThat(pulled.bytes()).isEqualTo(MODULE);
    }

    @Test
    void dockerRegistryWithPasswordsLetsOnlyTheUserIn() {
        var registry = fixture.own(RealRegistry.withUser(folder, "alice", "pass:word"));
        var reference = Fixture.reference(registry.host(), "v1");
        var alice = Fixture.as("alice", "pass:word");

        fixture.client.push(reference, WasmArtifactContent.of(MODULE), alice);

        assertThat(fixture.client.pull(reference, alice).bytes()).isEqualTo(MODULE);
        assertUnauthorized(reference, Fixture.as("alice", "other"));
        assertUnauthorized(reference, Fixture.ANONYMOUS);
    }

    @Test
    void orasPushIsPulled() throws IOException, InterruptedException {
        var module = Files.write(folder.resolve("waf.wasm"), MODULE).getFileName();

        oras("push", fixture.reference("v1").toString(), module + ":application/wasm");

        assertThat(fixture.client.pull(fixture.reference("v1"), Fixture.ANONYMOUS).bytes())
                .isEqualTo(MODULE);
    }

    @Test
    void orasPushWithoutTypesIsPulled() throws IOException, InterruptedException {
        var module = Files.write(folder.resolve("waf.wasm"), MODULE).getFileName();

        oras("push", fixture.reference("v1").toString(), module.toString());

        assertThat(fixture.client.pull(fixture.reference("v1"), Fixture.ANONYMOUS).layout())
                .isEqualTo("tar layer that is itself a module");
    }

    @Test
    void pushIsPulledByOras() throws IOException, InterruptedException {
        var reference = fixture.reference("v1");
        fixture.client.push(reference, WasmArtifactContent.of(MODULE), Fixture.ANONYMOUS);

        oras("pull", "--output", "out", reference.toString());

        assertThat(folder.resolve("out/plugin.wasm")).hasBinaryContent(MODULE);
    }

    private void assertUnauthorized(ImageReference reference, Access access) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> fixture.client.pull(reference, access))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED));
    }

    private void oras(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(RealTools.find("oras").toString()));
        command.addAll(List.of(arguments));
        command.add("--plain-http");
        var log = folder.resolve("oras.log").toFile();
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("HOME", folder.toString());
        var process = builder.redirectErrorStream(true).redirectOutput(log).start();

        assertThat(process.waitFor(Duration.ofSeconds(30))).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(log.toPath(), StandardCharsets.UTF_8))
                .isZero();
    }
}
