package dev.sluice.registry.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sluice.registry.testing.Interposer;
import dev.sluice.registry.testing.Interposer.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the SDK must keep doing, and not doing, from one version to the next.
class OrasTransportTest {
    private final OrasTransport oras = new OrasTransport(Duration.ofSeconds(2));

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 400, 404, 429, 503})
    void statusComesBackAsItIs(int status) throws IOException, InterruptedException {
        try (var server = Interposer.alone((_, _) -> Answer.of(status, "Location", "/next"))) {
            var answer = send(server, "Bearer t").orElseThrow();

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.header("Location")).contains("/next");
            assertThat(server.seen())
                    .singleElement()
                    .satisfies(r -> assertThat(r.authorization()).isEqualTo("Bearer t"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void redirectIsLeftToTheCaller(int status) throws IOException, InterruptedException {
        try (var other = Interposer.alone((_, _) -> Answer.json("{}"));
                var server =
                        Interposer.alone((_, _) ->
                                Answer.of(status, "Location", "http://" + other.host()))) {
            assertThat(send(server, "Bearer t")).isEmpty();
            assertThat(other.seen()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer realm=\"http://HOST/token\",service=\"s\",scope=\"repository:a:pull\"",
                "Bearer realm=\"http://HOST/token\"",
                "Basic realm=\"r\""
            })
    void challengeIsLeftToTheCaller(String challenge) throws IOException, InterruptedException {
        try (var realm = Interposer.alone((_, _) -> Answer.json("{\"token\":\"t\"}"));
                var server =
                        Interposer.alone((_, _) ->
                                Answer.of(
                                        401,
                                        "WWW-Authenticate",
                                        challenge.replace("HOST", realm.host())))) {
            assertThat(send(server, "Basic eDp5")).isEmpty();
            assertThat(send(server, null)).isEmpty();
            assertThat(realm.seen()).isEmpty();
            assertThat(server.seen()).hasSize(2);
        }
    }

    @Test
    void brokenConnectionIsAnIoException() {
        var gone = Interposer.alone((_, _) -> Answer.json("{}"));
        gone.close();

        assertThatIOException().isThrownBy(() -> send(gone, null));
    }

    private Optional<Response> send(Interposer server, String authorization)
            throws IOException, InterruptedException {
        var request =
                Request.of(
                                "POST",
                                URI.create(
                                        "http://%s/v2/a/blobs/uploads/".formatted(server.host())))
                        .sending(new byte[0], "application/octet-stream");
        return oras.send(request, authorization);
    }
}
