package dev.sluice.host.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What of a message passes, what is added, and what is written down.
class ForwardingTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @TempDir private Path directory;

    private GatewayUnderTest gateway;

    @BeforeEach
    void start() throws IOException {
        gateway =
                GatewayUnderTest.setup()
                        .accessLog(directory.resolve("access.log"))
                        .start(directory.resolve("data"));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    private String forwarded(String request) throws IOException {
        gateway.client().send(request);
        return gateway.upstream().accept().readHead();
    }

    private static String get(String target, String fields) {
        return "GET " + target + " HTTP/1.1\r\nHost: a:80\r\n" + fields + "\r\n";
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a/../b, /b",
        "/a/./b/., /a/b/",
        "/a/%2e%2E/b, /b",
        "/a/.., /",
        "/%61%2d%7E, /a-~",
        "/a%c3%a9, /a%C3%A9",
        "/a%3fb, /a%3Fb",
        "//a//b, //a//b",
        "/a?b=/../%zz, /a?b=/../%zz",
        "/...?x, /...?x",
        "http://b/x/../y?q, /y?q",
        "http://b, /",
        "http://b?q, /?q"
    })
    void theNormalPathIsForwarded(String target, String path) throws IOException {
        assertThat(forwarded(get(target, ""))).startsWith("GET " + path + " HTTP/1.1\r\n");
    }

    @Test
    void anAbsoluteTargetNamesTheHost() throws IOException {
        assertThat(forwarded(get("http://b:81/", "")))
                .contains("\r\nhost: b:81\r\n", "\r\nx-forwarded-host: b:81\r\n");
    }

    @Test
    void anEndpointMayBeAName() throws IOException {
        try (var named =
                GatewayUnderTest.setup().backend("localhost").start(directory.resolve("named"))) {
            named.client().send(get("/by-name", ""));

            assertThat(named.upstream().accept().readHead()).startsWith("GET /by-name ");
        }
    }

    @Test
    void fieldsOfTheConnectionStayBehind() throws IOException {
        String head =
                forwarded(
                        get(
                                "/",
                                """
                                Connection: keep-alive, X-One\r
                                Connection: X-Two\r
                                X-One: 1\r
                                x-two: 2\r
                                Keep-Alive: timeout=5\r
                                Proxy-Connection: close\r
                                Proxy-Authorization: Basic x\r
                                TE: trailers\r
                                Upgrade: h2c\r
                                X-Three: 3\r
                                """));

        assertThat(head)
                .contains("\r\nX-Three: 3\r\n")
                .doesNotContainIgnoringCase("connection")
                .doesNotContainIgnoringCase("x-one")
                .doesNotContainIgnoringCase("x-two")
                .doesNotContainIgnoringCase("keep-alive")
                .doesNotContainIgnoringCase("proxy-")
                .doesNotContainIgnoringCase("\r\nte:")
                .doesNotContainIgnoringCase("upgrade");
    }

    @Test
    void fieldsOfTheUpstreamConnectionStayBehind() throws IOException {
        Peer client = gateway.client().send(get("/", ""));
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        upstream.send(
                """
                HTTP/1.1 200 OK\r
                Connection: X-One\r
                Connection: X-Two\r
                X-One: 1\r
                X-Two: 2\r
                Keep-Alive: timeout=5\r
                Proxy-Authenticate: Basic\r
                Set-Cookie: a=1\r
                Set-Cookie: b=2\r
                Content-Length: 2\r
                \r
                ok\
                """);

        assertThat(client.readMessage())
                .isEqualTo(
                        """
                        HTTP/1.1 200 OK\r
                        Set-Cookie: a=1\r
                        Set-Cookie: b=2\r
                        content-length: 2\r
                        \r
                        ok\
                        """);
    }

    @Test
    void fieldsWithAnUnderscoreAreDropped() throws IOException {
        String head =
                forwarded(
                        get(
                                "/",
                                """
                                a_b: 1\r
                                X-A: 1\r
                                a_b: 2\r
                                A_B: 3\r
                                _: 4\r
                                X-B: 2\r
                                c_: 5\r
                                """));

        assertThat(head).contains("\r\nX-A: 1\r\nX-B: 2\r\n").doesNotContain("_");
    }

    @Test
    void theClientIsAddedToThoseItCameThrough() throws IOException {
        String head =
                forwarded(
                        get(
                                "/",
                                """
                                X-Forwarded-For: 1.1.1.1\r
                                X-Forwarded-For: 2.2.2.2, 3.3.3.3\r
                                X-Forwarded-Proto: https\r
                                X-Forwarded-Host: evil\r
                                """));

        assertThat(head)
                .containsIgnoringCase(
                        "\r\nx-forwarded-for: 1.1.1.1, 2.2.2.2, 3.3.3.3, 127.0.0.1\r\n")
                .containsIgnoringCase("\r\nx-forwarded-proto: http\r\n")
                .containsIgnoringCase("\r\nx-forwarded-host: a:80\r\n")
                .doesNotContain("evil", "https");
    }

    @Test
    void aRequestIsNamedOnceAndForAll() throws IOException {
        assertThat(forwarded(get("/", ""))).containsPattern("\r\nx-request-id: [0-9a-f]{32}\r\n");
    }

    @Test
    void aClientsOwnNameForItsRequestIsKept() throws IOException {
        assertThat(forwarded(get("/", "X-Request-Id: my-1\r\n")))
                .contains("\r\nX-Request-Id: my-1\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\"b", "a\u00e9"})
    void aNameThatCouldConfuseALogIsReplaced(String name) throws IOException {
        assertThat(forwarded(get("/", "X-Request-Id: " + name + "\r\n")))
                .containsPattern("\r\nX-Request-Id: [0-9a-f]{32}\r\n");
    }

    @Test
    void everyExchangeIsOneLineOfJson() throws IOException {
        Peer client =
                gateway.client()
                        .send(
                                """
                                POST /a?q=\"1\" HTTP/1.1\r
                                Host: a\r
                                User-Agent: \"x\\\t\u00e9\r
                                X-Request-Id: r-1\r
                                Content-Length: 3\r
                                \r
                                abc\
                                """);
        Peer upstream = gateway.upstream().accept();
        upstream.readMessage();
        upstream.send(OK);
        client.readMessage();
        client.send("GET /b HTTP/1.1\r\nHost: a\r\n\r\n");
        upstream.readHead();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx");
        client.readThrough("x");
        upstream.close();
        client.readAll();
        gateway.close();

        var lines = Files.readAllLines(directory.resolve("access.log"));
        assertThat(lines).hasSize(2);
        JsonNode first = JsonMapper.shared().readTree(lines.get(0));
        assertThat(first.propertyNames())
                .containsExactly(
                        "time",
                        "requestId",
                        "client",
                        "method",
                        "authority",
                        "path",
                        "protocol",
                        "status",
                        "details",
                        "durationMs",
                        "requestBytes",
                        "responseBytes",
                        "route",
                        "upstream",
                        "endpoint",
                        "generation",
                        "userAgent");
        assertThat(first.get("requestId").asString()).isEqualTo("r-1");
        assertThat(first.get("client").asString()).isEqualTo("127.0.0.1");
        assertThat(first.get("path").asString()).isEqualTo("/a?q=\"1\"");
        assertThat(first.get("userAgent").asString()).isEqualTo("\"x\\\t\u00e9");
        assertThat(first.get("status").asInt()).isEqualTo(200);
        assertThat(first.get("details").asString()).isEqualTo("via_upstream");
        assertThat(first.get("requestBytes").asInt()).isEqualTo(3);
        assertThat(first.get("responseBytes").asInt()).isEqualTo(2);
        assertThat(first.get("route").asString()).isEqualTo("all");
        assertThat(first.get("upstream").asString()).isEqualTo("backend");
        JsonNode second = JsonMapper.shared().readTree(lines.get(1));
        assertThat(second.get("status").asInt()).isZero();
        assertThat(second.get("details").asString()).isEqualTo("upstream_reset");
    }

    @Test
    void aHostThatTheClientDidNotNameIsNotForwardedAsItsOwn() throws IOException {
        assertThat(forwarded("GET / HTTP/1.0\r\nX-Forwarded-Host: evil\r\n\r\n"))
                .doesNotContain("evil");
    }
}
