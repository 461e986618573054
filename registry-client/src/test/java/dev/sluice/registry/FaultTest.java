package dev.sluice.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.oci.ImageReference;
import dev.sluice.registry.RegistryException.Kind;
import dev.sluice.registry.testing.Guests;
import dev.sluice.registry.testing.Interposer;
import dev.sluice.registry.testing.Interposer.Answer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
    private static final byte[] MODULE = Guests.module(20_000);

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

    @Test
    void alteredBlobIsRefused() {
        var proxy = onBlobs(answer -> answer.withBody(flipped(answer.body(), 19_999)));

        assertRefused(proxy, "v1", Kind.INTEGRITY, "the bytes hash to");
    }

    @Test
    void shortenedBlobIsRefused() {
        var proxy = onBlobs(answer -> answer.withBody(Arrays.copyOf(answer.body(), 19_999)));

        assertRefused(proxy, "v1", Kind.INTEGRITY, "ends after 19999 bytes (expected: 20000)");
    }

    @Test
    void lengthenedBlobIsRefused() {
        var proxy = onBlobs(answer -> answer.withBody(Arrays.copyOf(answer.body(), 20_001)));

        assertRefused(proxy, "v1", Kind.INTEGRITY, "goes on after 20000 bytes");
    }

    @Test
    void blobCutOffByABrokenConnectionIsFetchedAgain() throws Exception {
        try (var server = new ServerSocket(0, 10, Fixture.loopback().getAddress())) {
            var cutter = Thread.ofVirtual().start(() -> cutOff(server));
            var proxy =
                    onBlobs(answer ->
                            Answer.of(
                                    307,
                                    "Location",
                                    "http://127.0.0.1:%d/x".formatted(server.getLocalPort())));

            assertRefused(proxy, "v1", Kind.UNREACHABLE, "connection failed");
            assertThat(blobRequests(proxy)).isEqualTo(3);
            cutter.interrupt();
        }
    }

    @Test
    void manifestAlteredUnderADigestIsRefused() {
        var digest =
                fixture.client.resolve(fixture.reference("v1"), Fixture.ANONYMOUS).manifestDigest();
        var proxy =
                fixture.before((request, upstream) -> {
                    var answer = upstream.ask();
                    return new Answer(
                            answer.status(),
                            Map.of("Content-Type", answer.headers().get("content-type")),
                            flipped(answer.body(), answer.body().length - 2));
                });
        var pinned = Fixture.reference(proxy.host(), "v1").withDigest(digest);

        assertRefused(pinned, Kind.INTEGRITY, "(expected: %s)".formatted(digest));
    }

    @Test
    void manifestThatContradictsItsDigestHeaderIsRefused() {
        var proxy =
                fixture.before((request, upstream) -> {
                    var answer = upstream.ask();
                    return request.path().contains("/manifests/")
                            ? answer.withBody(flipped(answer.body(), 40))
                            : answer;
                });

        assertRefused(proxy, "v1", Kind.INTEGRITY, "the bytes hash to");
    }

    @Test
    void manifestOverFourMebibytesIsNotReadToItsEnd() {
        var proxy =
                fixture.alone((request, upstream) -> new Answer(200, Map.of(), new byte[5 << 20]));

        assertRefused(proxy, "v1", Kind.TOO_LARGE, "more than 4194304 bytes of manifest");
    }

    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHORIZED, 1, unauthorized (tried: anonymous); set pullSecret on the module",
        "403, FORBIDDEN, 1, forbidden (as: anonymous)",
        "404, NOT_FOUND, 1, not found (as: anonymous)",
        "400, INVALID_RESPONSE, 1, the registry answered 400",
        "429, RATE_LIMITED, 3, too many requests",
        "500, SERVER_ERROR, 3, the registry answered 500",
        "503, SERVER_ERROR, 3, the registry answered 503",
    })
    void statusDecidesKindAndRetries(int status, Kind kind, int requests, String message) {
        var proxy = fixture.alone((request, upstream) -> new Answer(status, Map.of(), new byte[0]));

        assertRefused(
                proxy, "v1", kind, "pull manifest of " + proxy.host() + "/acme/waf:v1: " + message);
        assertThat(proxy.seen()).hasSize(requests);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503})
    void passingFailureIsOvercome(int status) {
        var count = new AtomicInteger();
        var proxy =
                fixture.before((request, upstream) ->
                        count.getAndIncrement() % 2 == 0
                                ? new Answer(status, Map.of(), new byte[0])
                                : upstream.ask());

        var pulled = fixture.client.pull(Fixture.reference(proxy.host(), "v1"), Fixture.ANONYMOUS);

        assertThat(pulled.bytes()).isEqualTo(MODULE);
    }

    @Test
    void retryAfterBeyondTheDeadlineIsNotWaitedFor() {
        var proxy = fixture.alone((request, upstream) -> Answer.of(429, "Retry-After", "60"));

        assertRefused(proxy, "v1", Kind.RATE_LIMITED, "too many requests");
        assertThat(proxy.seen()).hasSize(1);
    }

    @Test
    void hungRegistryHoldsNoCallBeyondItsDeadline() {
        var never = new CountDownLatch(1);
        var proxy =
                fixture.alone((request, upstream) -> {
                    never.await();
                    throw new AssertionError("released");
                });
        var options = Fixture.OPTIONS.withDeadline(Duration.ofMillis(300));
        var client = fixture.own(new RegistryClient(options));
        var before = System.nanoTime();

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(
                        () -> client.pull(Fixture.reference(proxy.host(), "v1"), Fixture.ANONYMOUS))
                .withMessageEndingWith("no result within 300 ms")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(550));
    }

    @Test
    void nobodyListeningIsUnreachable() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        assertRefused(
                Fixture.reference("127.0.0.1:" + port, "v1"), Kind.UNREACHABLE, "pull manifest of");
    }

    @Test
    void aRegistryThatAnswersInTheClearIsNotAskedAgainAndTheFlagIsNamed() throws Exception {
        try (var server = new ServerSocket(0, 10, Fixture.loopback().getAddress())) {
            var asked = new AtomicInteger();
            var answerer = Thread.ofVirtual().start(() -> answerInTheClear(server, asked));
            var reference = Fixture.reference("127.0.0.1:" + server.getLocalPort(), "v1");

            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> fixture.client.pull(reference, Access.anonymous()))
                    .withMessageContaining("--plain-http")
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TLS_FAILED));
            // The JDK's client connects twice by itself.
            assertThat(asked).hasValueLessThan(3);
            answerer.interrupt();
        }
    }

    private static void answerInTheClear(ServerSocket server, AtomicInteger asked) {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                asked.incrementAndGet();
                socket.getOutputStream()
                        .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (IOException _) {
                return;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void redirectToAnotherHostIsFollowedWithoutCredentials(int status) {
        var storage = fixture.before((request, upstream) -> upstream.ask());
        var proxy =
                fixture.before((request, upstream) -> {
                    if (request.authorization().equals("null")) {
                        return Answer.of(401, "WWW-Authenticate", "Basic realm=\"r\"");
                    }
                    return request.path().contains("/blobs/")
                            ? Answer.of(
                                    status, "Location", "http://" + storage.host() + request.path())
                            : upstream.ask();
                });

        var pulled =
                fixture.client.pull(
                        Fixture.reference(proxy.host(), "v1"), Fixture.as("alice", "secret"));

        assertThat(pulled.bytes()).isEqualTo(MODULE);
        assertThat(storage.seen())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.authorization()).isEqualTo("null"));
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://127.0.0.1/x, sent to ftp",
        "//user@127.0.0.1/x, an address without host",
        "http://[, malformed Location",
    })
    void redirectToNowhereIsRefused(String location, String message) {
        var options = Fixture.OPTIONS.withDeadline(Duration.ofSeconds(1));
        var client = fixture.own(new RegistryClient(options));
        var proxy = fixture.alone((request, upstream) -> Answer.of(307, "Location", location));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(
                        () -> client.pull(Fixture.reference(proxy.host(), "v1"), Fixture.ANONYMOUS))
                .withMessageContaining(message);
    }

    @Test
    void redirectInCirclesEnds() {
        var proxy = fixture.alone((request, upstream) -> Answer.of(307, "Location", "/v2/again"));

        assertRefused(proxy, "v1", Kind.INVALID_RESPONSE, "more than 5 redirects");
    }

    private Interposer onBlobs(UnaryOperator<Answer> change) {
        return fixture.before((request, upstream) ->
                request.path().contains("/blobs/") ? change.apply(upstream.ask()) : upstream.ask());
    }

    private static long blobRequests(Interposer proxy) {
        return proxy.seen().stream().filter(r -> r.path().contains("/blobs/")).count();
    }

    private static void cutOff(ServerSocket server) {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                var head = "HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\nshort";
                boolean _ = socket.getInputStream().read() > 0;
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void assertRefused(Interposer proxy, String tag, Kind kind, String message) {
        assertRefused(Fixture.reference(proxy.host(), tag), kind, message);
    }

    private void assertRefused(ImageReference reference, Kind kind, String message) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> fixture.client.pull(reference, Fixture.ANONYMOUS))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static byte[] flipped(byte[] bytes, int at) {
        var copy = bytes.clone();
        copy[at] ^= 1;
        return copy;
    }
}
