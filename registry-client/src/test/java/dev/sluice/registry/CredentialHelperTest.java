package dev.sluice.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialHelperTest {
    private final CredentialHelper helper = CredentialHelper.named("known");

    @Test
    void loginIsTheOneOfTheRegistry() throws InterruptedException {
        assertThat(helper.login("ghcr.io")).isEqualTo(new Login.Password("u", "of ghcr.io"));
    }

    @Test
    void tokenUserMeansAnIdentityToken() throws InterruptedException {
        assertThat(helper.login("token.example")).isEqualTo(new Login.IdentityToken("t"));
    }

    @Test
    void credentialsNotFoundMeansAnonymous() throws InterruptedException {
        assertThat(helper.login("absent.example")).isEqualTo(new Login.Anonymous());
    }

    @ParameterizedTest
    @CsvSource({
        "broken.example, answered something other than JSON",
        "failing.example, failed",
        "hanging.example, no answer within 200 ms",
    })
    void failureNamesProgramAndRegistry(String registry, String why) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> helper.within(Duration.ofMillis(200)).login(registry))
                .withMessage("ask docker-credential-known for %s: %s", registry, why);
    }
}
