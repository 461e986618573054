package dev.sluice.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.registry.RegistryException.Kind;
import dev.sluice.registry.testing.Guests;
import dev.sluice.registry.testing.Interposer;
import dev.sluice.registry.testing.Interposer.Answer;
import dev.sluice.registry.testing.Interposer.Seen;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialFlowTest {
    private static final byte[] MODULE = Guests.module(1_000);

    private final Fixture fixture = new Fixture();

    @BeforeEach
    void push() {
        fixture.client.push(
                fixture.reference("v1"), WasmArtifactContent.of(MODULE), Fixture.ANONYMOUS);
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer realm=\"http://HOST/token\",service=\"s\",scope=\"x\"",
                "Bearer service=\"s\", realm=\"http://HOST/token\"",
                "bearer realm = \"http://HOST/token\"",
                "Negotiate, Bearer realm=\"http://HOST/token?a=b\", service=s",
            })
    void tokenIsFetchedHoweverTheChallengeIsSpelled(String challenge) {
        var proxy = guarded(challenge);

        var pulled = pull(proxy, Fixture.as("alice", "a:1"));

        assertThat(pulled.bytes()).isEqualTo(MODULE);
        assertThat(tokenRequests(proxy))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.query()).contains("scope=repository%3Aacme%2Fwaf%3Apull");
                    assertThat(request.authorization()).isEqualTo(basic("alice:a:1"));
                });
    }

    @Test
    void twoUsersOfOneRepositoryHaveTheirOwnTokens() {
        var proxy = guarded("Bearer realm=\"http://HOST/token\",service=\"s\",scope=\"x\"");

        pull(proxy, Fixture.as("alice", "1"));
        pull(proxy, Fixture.as("bob", "2"));
        pull(proxy, Fixture.as("alice", "1"));

        assertThat(
                        proxy.seen().stream()
                                .map(Seen::authorization)
                                .filter(a -> a.startsWith("Bearer")))
                .containsExactly(
                        "Bearer alice",
                        "Bearer alice",
                        "Bearer bob",
                        "Bearer bob",
                        "Bearer alice",
                        "Bearer alice");
    }

    @Test
    void refusalOfTheTokenServiceIsUnauthorized() {
        var holder = new String[1];
        var proxy =
                fixture.alone((request, upstream) ->
                        request.path().equals("/token")
                                ? new Answer(401, Map.of(), new byte[0])
                                : challenge(
                                        "Bearer realm=\"http://%s/token\"".formatted(holder[0])));
        holder[0] = proxy.host();

        assertRefused(
                proxy,
                Fixture.as("alice", "hush"),
                Kind.UNAUTHORIZED,
                "refused (tried: password of alice)",
                "hush");
    }

    @Test
    void passwordIsOnlySentAfterABasicChallenge() {
        var proxy =
                fixture.before((request, upstream) ->
                        request.authorization().equals(basic("alice:1"))
                                ? upstream.ask()
                                : Answer.of(401, "WWW-Authenticate", "Basic realm=\"r\""));

        pull(proxy, Fixture.as("alice", "1"));

        assertThat(proxy.seen().getFirst().authorization()).isEqualTo("null");
        assertThat(proxy.seen()).hasSize(3);
    }

    @Test
    void tokenThatDiedEarlyIsReplacedOnce() {
        var issued = new AtomicInteger();
        var holder = new String[1];
        var proxy =
                fixture.before((request, upstream) -> {
                    if (request.path().equals("/token")) {
                        return Answer.json(
                                "{\"token\":\"t%d\"}".formatted(issued.incrementAndGet()));
                    }
                    boolean isBlob = request.path().contains("/blobs/");
                    var good = isBlob ? "Bearer t2" : "Bearer t1";
                    return request.authorization().equals(good)
                            ? upstream.ask()
                            : challenge("Bearer realm=\"http://%s/token\"".formatted(holder[0]));
                });
        holder[0] = proxy.host();

        assertThat(pull(proxy, Fixture.ANONYMOUS).bytes()).isEqualTo(MODULE);
        assertThat(issued).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://127.0.0.1/token",
                "not an address",
                "http://192.0.2.1/token",
                "//127.0.0.1/token"
            })
    void passwordIsNotSentToARealmThatIsNotTrusted(String realm) {
        var proxy =
                fixture.alone(
                        (request, upstream) -> challenge("Bearer realm=\"%s\"".formatted(realm)));

        assertRefused(proxy, Fixture.as("alice", "hush"), Kind.INVALID_RESPONSE, "", "hush");
        assertThat(proxy.seen()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(PushLayout.class)
    void pushAsksForATokenThatMayPush(PushLayout layout) {
        var proxy = guarded("Bearer realm=\"http://HOST/token\",service=\"s\",scope=\"x\"");
        var reference = Fixture.reference(proxy.host(), "pushed");

        fixture.client.push(
                reference,
                WasmArtifactContent.of(Guests.module(2_000)).as(layout),
                Fixture.as("alice", "1"));

        assertThat(fixture.client.pull(fixture.reference("pushed"), Fixture.ANONYMOUS).bytes())
                .hasSize(2_000);
        assertThat(tokenRequests(proxy))
                .singleElement()
                .satisfies(r -> assertThat(r.query()).contains("pull%2Cpush"));
    }

    @Test
    void uploadRefusedMidwayNeverReachesTheRealmOfAnotherHost() {
        var proxy =
                fixture.before((request, upstream) ->
                        request.method().equals("POST")
                                ? challenge(
                                        "Bearer realm=\"http://192.0.2.1/token\",service=\"s\",scope=\"x\"")
                                : upstream.ask());
        var reference = Fixture.reference(proxy.host(), "stolen");
        var content = WasmArtifactContent.of(Guests.module(3_000));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> fixture.client.push(reference, content, Fixture.as("alice", "1")))
                .withMessageContaining("token realm on http at 192.0.2.1");
    }

    @Test
    void uploadRedirectedToAnotherHostCarriesNoCredentials() {
        var storage = fixture.before((request, upstream) -> upstream.ask());
        var proxy =
                fixture.before((request, upstream) -> {
                    if (request.authorization().equals("null")) {
                        return Answer.of(401, "WWW-Authenticate", "Basic realm=\"r\"");
                    }
                    return request.method().equals("PUT") && request.path().contains("/blobs/")
                            ? Answer.of(
                                    307,
                                    "Location",
                                    "http://%s%s?%s"
                                            .formatted(
                                                    storage.host(),
                                                    request.path(),
                                                    request.query()))
                            : upstream.ask();
                });
        var reference = Fixture.reference(proxy.host(), "moved");

        fixture.client.push(
                reference, WasmArtifactContent.of(Guests.module(4_000)), Fixture.as("alice", "1"));

        assertThat(storage.seen())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.authorization()).isEqualTo("null"));
    }

    private WasmArtifact pull(Interposer proxy, Access access) {
        return fixture.client.pull(Fixture.reference(proxy.host(), "v1"), access);
    }

    /// Wants a token named after the user that fetched it.
    private Interposer guarded(String challenge) {
        var holder = new String[1];
        var proxy =
                fixture.before((request, upstream) -> {
                    if (request.path().equals("/token")) {
                        return Answer.json(
                                "{\"access_token\":\"%s\",\"expires_in\":300}"
                                        .formatted(user(request)));
                    }
                    return request.authorization().startsWith("Bearer ")
                            ? upstream.ask()
                            : challenge(challenge.replace("HOST", holder[0]));
                });
        holder[0] = proxy.host();
        return proxy;
    }

    private static Answer challenge(String challenge) {
        return Answer.of(401, "WWW-Authenticate", challenge);
    }

    private static List<Seen> tokenRequests(Interposer proxy) {
        return proxy.seen().stream().filter(r -> r.path().equals("/token")).toList();
    }

    private static String user(Seen request) {
        var pair = request.authorization().substring("Basic ".length());
        return new String(Base64.getDecoder().decode(pair), StandardCharsets.UTF_8)
                .replaceFirst(":.*", "");
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private void assertRefused(
            Interposer proxy, Access access, Kind kind, String message, String secret) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> pull(proxy, access))
                .withMessageContaining(message)
                .withMessageNotContaining(secret)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
