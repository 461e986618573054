package dev.sluice.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.oci.ImageReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerConfigFileTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'auths':{'ghcr.io':{'auth':'<u:p>'}}} | ghcr.io/acme/waf | u | p",
                "{'auths':{'ghcr.io':{'auth':'<u:p:q:>'}}} | ghcr.io/acme/waf | u | p:q:",
                "{'auths':{'ghcr.io':{'username':'u','password':'p'}}} | ghcr.io/acme/waf | u | p",
                "{'auths':{'https://ghcr.io/v2/':{'auth':'<u:p>'}}} | ghcr.io/acme/waf | u | p",
                "{'auths':{'https://index.docker.io/v1/':{'auth':'<u:p>'}}} | docker.io/acme/waf | u | p",
                "{'auths':{'h:5000':{'auth':'<a:a>'},'h:5000/acme':{'auth':'<u:p>'}}} | h:5000/acme/waf | u | p",
                "{'auths':{'h:5000':{'auth':'<u:p>'},'h:5000/ac':{'auth':'<a:a>'}}} | h:5000/acme/waf | u | p",
                "{'auths':{'bad.io':{'auth':'%%%'},'ghcr.io':{'auth':'<u:p>'}}} | ghcr.io/acme/waf | u | p",
            })
    void passwordIsFound(String json, String reference, String user, String password)
            throws IOException, InterruptedException {
        assertThat(login(json, reference)).isEqualTo(new Login.Password(user, password));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}",
                "{'auths':{}}",
                "{'auths':{'ghcr.io':{}}}",
                "{'auths':{'quay.io':{'auth':'<u:p>'}}}",
                "{'auths':{'evil-ghcr.io':{'auth':'<u:p>'}}}",
            })
    void nothingForTheRegistryMeansAnonymous(String json) throws IOException, InterruptedException {
        assertThat(login(json, "ghcr.io/acme/waf")).isEqualTo(new Login.Anonymous());
    }

    @Test
    void identityTokenWinsOverTheMarkerBesideIt() throws IOException, InterruptedException {
        var json = "{'auths':{'ghcr.io':{'auth':'<00000000-0000:>','identitytoken':'t'}}}";

        assertThat(login(json, "ghcr.io/acme/waf")).isEqualTo(new Login.IdentityToken("t"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "not json | not JSON",
                "{'auths':{'ghcr.io':{'auth':'%%%'}}} | auths[ghcr.io].auth",
                "{'auths':{'ghcr.io':{'auth':'<secretwithoutcolon>'}}} | auths[ghcr.io].auth",
                "{'credsStore':'../evil'} | credential helper name",
                "{'credsStore':'sluice-is-not-installed'} | cannot be started",
            })
    void unusableFileSaysWhereAndShowsNoSecret(String json, String message) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> login(json, "ghcr.io/acme/waf"))
                .withMessageContaining(message)
                .withMessageNotContaining("secret");
    }

    @Test
    void missingFileIsNamed() {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> DockerConfigFile.read(folder.resolve("absent.json")))
                .withMessageContaining("absent.json: not readable");
    }

    @Test
    void credentialsPrintNoPassword() {
        assertThat(new Access(new Credentials.Basic("alice", "hush"), true).toString())
                .contains("alice")
                .doesNotContain("hush");
    }

    private Login login(String json, String reference) throws IOException, InterruptedException {
        var file = folder.resolve("config.json");
        var text = json.replace('\'', '"');
        int open = text.indexOf('<');
        while (open >= 0) {
            int close = text.indexOf('>', open);
            var pair = text.substring(open + 1, close).getBytes(StandardCharsets.UTF_8);
            text =
                    text.substring(0, open)
                            + Base64.getEncoder().encodeToString(pair)
                            + text.substring(close + 1);
            open = text.indexOf('<');
        }
        Files.writeString(file, text);
        return DockerConfigFile.read(file).login(ImageReference.parse(reference));
    }
}
