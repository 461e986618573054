package dev.sluice.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher of the checkout, with a Maven that fails.
class LauncherTest {
    @TempDir Path checkout;

    @BeforeEach
    void copy() throws IOException {
        Files.copy(Path.of("../sluice"), checkout.resolve("sluice"));
        Path tools = Files.createDirectory(checkout.resolve("tools"));
        Path maven =
                Files.writeString(tools.resolve("mvn"), "#!/bin/sh\necho '[ERROR] red'; exit 1\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String folder : new String[] {"abi/src", "registry-client/src", "host/src/main"}) {
            Files.createDirectories(checkout.resolve(folder));
        }
        Files.createFile(checkout.resolve("pom.xml"));
    }

    @Test
    void testsThatFailFailTheCommandAlsoAfterARunThatPassed()
            throws IOException, InterruptedException {
        Files.writeString(
                Files.createDirectory(checkout.resolve("var")).resolve("test.status"), "0\n");

        assertThat(run("test")).contains("[ERROR] red", "the tests failed", "exit 1");
    }

    @Test
    void aBuildThatFailsFailsTheCommandAlsoAfterOneThatPassed()
            throws IOException, InterruptedException {
        Files.writeString(
                Files.createDirectory(checkout.resolve("target")).resolve("build.status"), "0\n");

        assertThat(run("version")).contains("[ERROR] red", "the build failed", "exit 1");
        assertThat(checkout.resolve("target/built-host")).doesNotExist();
        assertThat(checkout.resolve("target/building")).doesNotExist();
    }

    /// What it prints, and its exit code.
    private String run(String verb) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", checkout.resolve("sluice").toString(), verb);
        builder.environment().put("SLUICE_JAVA_HOME", System.getProperty("java.home"));
        builder.environment()
                .merge("PATH", checkout.resolve("tools") + ":", (old, tools) -> tools + old);
        Process process = builder.redirectErrorStream(true).start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(Duration.ofSeconds(30))).isTrue();
        return printed + "exit " + process.exitValue();
    }
}
