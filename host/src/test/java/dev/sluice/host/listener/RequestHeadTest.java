package dev.sluice.host.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a request may look like, byte by byte; RFC 9112 and RFC 9110 §7.
@TestInstance(Lifecycle.PER_CLASS)
class RequestHeadTest {
    private GatewayUnderTest gateway;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        gateway =
                GatewayUnderTest.setup()
                        .limits("{ requestLine: 256B, headers: 1KiB, headerCount: 10 }")
                        .routes("all: { respond: { status: 200, body: served } }")
                        .start(directory);
    }

    @AfterAll
    void stop() throws IOException {
        gateway.close();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(
                        "both lengths",
                        400,
                        post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")),
                Arguments.of(
                        "both lengths turned",
                        400,
                        post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")),
                Arguments.of(
                        "two lengths", 400, post("Content-Length: 5\r\nContent-Length: 6\r\n")),
                Arguments.of(
                        "the same length twice",
                        400,
                        post("Content-Length: 5\r\nContent-Length: 5\r\n")),
                Arguments.of("a list of lengths", 400, post("Content-Length: 5, 5\r\n")),
                Arguments.of("a signed length", 400, post("Content-Length: +5\r\n")),
                Arguments.of("a negative length", 400, post("Content-Length: -5\r\n")),
                Arguments.of("an empty length", 400, post("Content-Length:\r\n")),
                Arguments.of("a hex length", 400, post("Content-Length: 0x5\r\n")),
                Arguments.of(
                        "a length beyond 63 bits",
                        400,
                        post("Content-Length: 9223372036854775808\r\n")),
                Arguments.of(
                        "two lengths in 1.0",
                        400,
                        "POST / HTTP/1.0\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello"),
                Arguments.of(
                        "chunked in 1.0",
                        400,
                        "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "an unknown coding", 501, post("Transfer-Encoding: gzip, chunked\r\n")),
                Arguments.of("chunked not last", 400, post("Transfer-Encoding: chunked, gzip\r\n")),
                Arguments.of(
                        "chunked twice",
                        400,
                        post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")),
                Arguments.of("not quite chunked", 400, post("Transfer-Encoding: xchunked\r\n")),
                Arguments.of(
                        "chunked behind a VT", 400, post("Transfer-Encoding: \u000bchunked\r\n")),
                Arguments.of(
                        "a coding and a space before the colon",
                        400,
                        post("Transfer-Encoding : chunked\r\n")),
                Arguments.of("a folded coding", 400, post("Transfer-Encoding:\r\n chunked\r\n")),
                Arguments.of("a folded field", 400, get("X-A: 1\r\n 2\r\n")),
                Arguments.of("a field folded by a TAB", 400, get("X-A: 1\r\n\t2\r\n")),
                Arguments.of(
                        "space before the first field", 400, "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
                Arguments.of("LF alone behind the line", 400, "GET / HTTP/1.1\nHost: a\r\n\r\n"),
                Arguments.of("LF alone behind a field", 400, "GET / HTTP/1.1\r\nHost: a\n\r\n"),
                Arguments.of("LF alone at the end", 400, "GET / HTTP/1.1\r\nHost: a\r\n\n"),
                Arguments.of("CR alone in a value", 400, get("X-A: 1\r2\r\n")),
                Arguments.of("NUL in a value", 400, get("X-A: 1\u00002\r\n")),
                Arguments.of("DEL in a value", 400, get("X-A: 1\u007f2\r\n")),
                Arguments.of("NUL in a name", 400, get("X\u0000A: 1\r\n")),
                Arguments.of("space before the colon", 400, get("X-A : 1\r\n")),
                Arguments.of("space in a name", 400, get("X A: 1\r\n")),
                Arguments.of("a name in brackets", 400, get("(X): 1\r\n")),
                Arguments.of("an empty name", 400, get(": 1\r\n")),
                Arguments.of("no colon", 400, get("X-A\r\n")),
                Arguments.of("a name beyond ASCII", 400, get("X-\u00e9: 1\r\n")),
                Arguments.of("no host", 400, "GET / HTTP/1.1\r\n\r\n"),
                Arguments.of("two hosts", 400, get("Host: b\r\n")),
                Arguments.of("the same host twice", 400, get("Host: a\r\n")),
                Arguments.of("a host with a path", 400, hosted("a/b")),
                Arguments.of("a host with a user", 400, hosted("u@a")),
                Arguments.of("a host with a space", 400, hosted("a b")),
                Arguments.of("a list of hosts", 400, hosted("a,b c")),
                Arguments.of("a host with a bad port", 400, hosted("a:b")),
                Arguments.of("a port beyond 65535", 400, hosted("a:65536")),
                Arguments.of("a port without a host", 400, hosted(":80")),
                Arguments.of("an open literal", 400, hosted("[::1")),
                Arguments.of("text behind a literal", 400, hosted("[::1]x")),
                Arguments.of("an empty literal", 400, hosted("[]")),
                Arguments.of("a user in the target", 400, line("GET http://u@a/ HTTP/1.1")),
                Arguments.of("a target without an authority", 400, line("GET http:///x HTTP/1.1")),
                Arguments.of("another scheme", 400, line("GET ftp://a/ HTTP/1.1")),
                Arguments.of("a target without a slash", 400, line("GET a HTTP/1.1")),
                Arguments.of("a star for GET", 400, line("GET * HTTP/1.1")),
                Arguments.of("CONNECT", 405, line("CONNECT a:443 HTTP/1.1")),
                Arguments.of("TRACE", 405, line("TRACE / HTTP/1.1")),
                Arguments.of("a method in lower case", 400, line("get / HTTP/1.1")),
                Arguments.of("a method that is no token", 400, line("G@T / HTTP/1.1")),
                Arguments.of("a method of 33 letters", 400, line("A".repeat(33) + " / HTTP/1.1")),
                Arguments.of("TABs between the words", 400, line("GET\t/\tHTTP/1.1")),
                Arguments.of("two spaces in front of the target", 400, line("GET  / HTTP/1.1")),
                Arguments.of("two spaces behind the target", 400, line("GET /  HTTP/1.1")),
                Arguments.of("space behind the version", 400, line("GET / HTTP/1.1 ")),
                Arguments.of("a space in the target", 400, line("GET /a b HTTP/1.1")),
                Arguments.of("a fragment", 400, line("GET /a#b HTTP/1.1")),
                Arguments.of("a backslash", 400, line("GET /a\\b HTTP/1.1")),
                Arguments.of("NUL in the target", 400, line("GET /\u0000 HTTP/1.1")),
                Arguments.of("a target beyond ASCII", 400, line("GET /\u00c3\u00a9 HTTP/1.1")),
                Arguments.of("no version", 400, "GET /\r\n\r\n"),
                Arguments.of("version 0.9", 505, line("GET / HTTP/0.9")),
                Arguments.of("version 1.2", 505, line("GET / HTTP/1.2")),
                Arguments.of("version 2.0", 505, line("GET / HTTP/2.0")),
                Arguments.of("a version in lower case", 400, line("GET / http/1.1")),
                Arguments.of("another protocol", 400, line("GET / ICY/1.1")),
                Arguments.of("the preface of HTTP/2", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                Arguments.of("a path over the root", 400, line("GET /a/../../b HTTP/1.1")),
                Arguments.of("an escaped path over the root", 400, line("GET /%2e%2E/b HTTP/1.1")),
                Arguments.of("an escaped slash", 400, line("GET /a%2fb HTTP/1.1")),
                Arguments.of("an escaped backslash", 400, line("GET /a%5Cb HTTP/1.1")),
                Arguments.of("an escaped NUL", 400, line("GET /a%00 HTTP/1.1")),
                Arguments.of("a broken escape", 400, line("GET /a%2 HTTP/1.1")),
                Arguments.of("an escape of no digits", 400, line("GET /a%zz HTTP/1.1")),
                Arguments.of(
                        "connection that lists the length",
                        400,
                        post("Connection: content-length\r\nContent-Length: 5\r\n")),
                Arguments.of(
                        "connection that lists the host", 400, get("Connection: close, Host\r\n")),
                Arguments.of(
                        "connection that lists a forwarded field",
                        400,
                        get("Connection: x-forwarded-port\r\n")),
                Arguments.of("connection that lists no token", 400, get("Connection: :path\r\n")),
                Arguments.of(
                        "an unknown expectation",
                        417,
                        post("Expect: coffee\r\nContent-Length: 5\r\n")),
                Arguments.of("a line too long", 414, line("GET /" + "a".repeat(300) + " HTTP/1.1")),
                Arguments.of("a field too large", 431, get("X-A: " + "a".repeat(1100) + "\r\n")),
                Arguments.of(
                        "fields too large together",
                        431,
                        get(("X-A: " + "a".repeat(300) + "\r\n").repeat(4))),
                Arguments.of("too many fields", 431, get("X-A: 1\r\n".repeat(10))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void isRefusedAndEndsTheConnection(String what, int status, String request) throws IOException {
        String answer = gateway.answer(request + "GET /next HTTP/1.1\r\nHost: a\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("\r\nconnection: close\r\n")
                .containsOnlyOnce("HTTP/1.1");
    }

    static Stream<Arguments> served() {
        return Stream.of(
                Arguments.of("a plain GET", get("")),
                Arguments.of("an empty line in front", "\r\n" + get("")),
                Arguments.of("a host literal with a port", hosted("[::1]:8080")),
                Arguments.of("a host with a port", hosted("a.example:65535")),
                Arguments.of("an empty host", hosted("")),
                Arguments.of("an absolute target", line("GET http://b:80/x HTTP/1.1")),
                Arguments.of("an absolute target without path", line("GET HTTP://b?q HTTP/1.1")),
                Arguments.of("no host in 1.0", "GET / HTTP/1.0\r\n\r\n"),
                Arguments.of("a TAB and Latin-1 in a value", get("X-A: a\t\u00e9\r\n")),
                Arguments.of("an empty value", get("X-A:\r\n")),
                Arguments.of("spaces around a value", get("X-A:  \t1 \r\n")),
                Arguments.of("an unknown method", line("BREW / HTTP/1.1")),
                Arguments.of("as many fields as may be", get("X-A: 1\r\n".repeat(9))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("served")
    void isServed(String what, String request) throws IOException {
        Peer client = gateway.client();

        assertThat(client.send(request).readMessage())
                .startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("served");
    }

    @Test
    void aStarForOptionsReachesTheRoutes() throws IOException {
        String answer = gateway.client().send(line("OPTIONS * HTTP/1.1")).readHead();

        assertThat(answer).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void aRefusedHeadRequestHasNoBody() throws IOException {
        String answer = gateway.answer(line("HEAD /a%2fb HTTP/1.1"));

        assertThat(answer).startsWith("HTTP/1.1 400 ").endsWith("\r\n\r\n");
    }

    @Test
    void twoKeysOfAnOldHandshakeFrameNoBody() throws IOException {
        Peer client = gateway.client();

        client.send(
                get("Upgrade: websocket\r\nSec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n"));
        client.send(get(""));

        assertThat(client.readMessage()).startsWith("HTTP/1.1 200 ");
        assertThat(client.readMessage()).startsWith("HTTP/1.1 200 ");
    }

    private static String get(String fields) {
        return "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
    }

    private static String post(String fields) {
        return "POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\nhello";
    }

    private static String hosted(String host) {
        return "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
    }

    private static String line(String line) {
        return line + "\r\nHost: a\r\n\r\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void anAnswerOfTheGatewayItselfIsDated(String request) throws IOException {
        assertThat(gateway.answer(request)).contains("\r\ndate: ").contains(" GMT\r\n");
    }
}
