package dev.sluice.host.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where bodies begin and end, both ways; RFC 9112 §6 and §7.
class MessageBodyTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String CHUNKED_POST =
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private GatewayUnderTest gateway;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        gateway = GatewayUnderTest.start(directory);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    @Test
    void aLengthIsForwardedInCanonicalForm() throws IOException {
        gateway.client().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 005\r\n\r\nhello");

        assertThat(gateway.upstream().accept().readMessage())
                .contains("\r\ncontent-length: 5\r\n")
                .endsWith("\r\n\r\nhello");
    }

    @ParameterizedTest
    @CsvSource({"POST, true", "PUT, true", "PATCH, true", "GET, false", "DELETE, false"})
    void anEmptyBodyIsSaidWhereOneIsExpected(String method, boolean said) throws IOException {
        gateway.client().send(method + " / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");

        String head = gateway.upstream().accept().readHead();
        assertThat(head.contains("\r\ncontent-length: 0\r\n")).isEqualTo(said);
    }

    @Test
    void chunksAndTrailersReachTheUpstreamWithoutExtensions() throws IOException {
        gateway.client()
                .send(CHUNKED_POST + "5;a=\"b\"\r\nhello\r\n1\r\n!\r\n0;z\r\nX-Sum: 6\r\n\r\n");
        Peer upstream = gateway.upstream().accept();

        assertThat(upstream.readHead())
                .contains("\r\ntransfer-encoding: chunked\r\n")
                .doesNotContainIgnoringCase("content-length");
        assertThat(upstream.readThrough("\r\n\r\n"))
                .isEqualTo("5\r\nhello\r\n1\r\n!\r\n0\r\nX-Sum: 6\r\n\r\n");
    }

    @Test
    void chunksAndTrailersReachTheClient() throws IOException {
        Peer client = gateway.client().send(GET);
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        upstream.send(
                """
                HTTP/1.1 200 OK\r
                Transfer-Encoding: chunked\r
                \r
                5;x\r
                hello\r
                0\r
                X-Sum: 5\r
                \r
                """);

        assertThat(client.readHead())
                .isEqualTo("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        assertThat(client.readThrough("\r\n\r\n")).isEqualTo("5\r\nhello\r\n0\r\nX-Sum: 5\r\n\r\n");
    }

    @Test
    void aBodyUpToTheEndOfTheConnectionIsChunkedForTheClient() throws IOException {
        Peer client = gateway.client().send(GET);
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        upstream.send("HTTP/1.0 200 OK\r\n\r\nhello").close();

        assertThat(client.readHead()).contains("\r\ntransfer-encoding: chunked\r\n");
        assertThat(client.readThrough("0\r\n\r\n")).isEqualTo("5\r\nhello\r\n0\r\n\r\n");
    }

    @Test
    void aResetIsNotTheEndOfABody() throws IOException {
        Peer client = gateway.client().send(GET);
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        upstream.send("HTTP/1.1 200 OK\r\n\r\nhello");
        client.readThrough("5\r\nhello\r\n");
        upstream.reset();

        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void notModifiedKeepsTheLengthItTells() throws IOException {
        Peer client = gateway.client().send(GET);
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        upstream.send("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n");
        assertThat(client.readHead())
                .isEqualTo("HTTP/1.1 304 Not Modified\r\ncontent-length: 9\r\n\r\n");
        client.send(GET);

        upstream.readHead();
        upstream.send("HTTP/1.1 304 Not Modified\r\n\r\n");
        assertThat(client.readHead()).isEqualTo("HTTP/1.1 304 Not Modified\r\n\r\n");
    }

    @Test
    void noContentTellsNoLength() throws IOException {
        Peer client = gateway.client().send(GET);
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        upstream.send("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n");

        assertThat(client.readHead()).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
    }

    @Test
    void aClientThatWaitsIsToldToGoOn() throws IOException {
        Peer client =
                gateway.client()
                        .send(
                                """
                                POST / HTTP/1.1\r
                                Host: a\r
                                Expect: 100-Continue\r
                                Content-Length: 5\r
                                \r
                                """);
        assertThat(client.readHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
        client.send("hello");
        Peer upstream = gateway.upstream().accept();

        assertThat(upstream.readMessage())
                .endsWith("\r\n\r\nhello")
                .doesNotContainIgnoringCase("expect");
        upstream.send(OK);
        assertThat(client.readMessage()).endsWith("ok");
    }

    @Test
    void version10IsNotToldToGoOn() throws IOException {
        Peer client =
                gateway.client()
                        .send(
                                """
                                POST / HTTP/1.0\r
                                Expect: 100-continue\r
                                Content-Length: 5\r
                                \r
                                hello\
                                """);
        Peer upstream = gateway.upstream().accept();
        upstream.readMessage();
        upstream.send(OK);

        assertThat(client.readAll()).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 102, 103})
    void interimResponsesStayBehind(int status) throws IOException {
        Peer client = gateway.client().send(GET + GET);
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        upstream.send("HTTP/1.1 " + status + " Wait\r\nLink: </x>\r\n\r\n" + OK);
        assertThat(client.readMessage()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("ok");

        upstream.readHead();
        upstream.send(OK);
        assertThat(client.readMessage()).endsWith("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x5\r\nhello\r\n0\r\n\r\n",
                "+5\r\nhello\r\n0\r\n\r\n",
                "-1\r\n\r\n0\r\n\r\n",
                "5_\r\nhello\r\n0\r\n\r\n",
                " 5\r\nhello\r\n0\r\n\r\n",
                "g\r\nhello\r\n0\r\n\r\n",
                "\r\nhello\r\n0\r\n\r\n",
                "5\nhello\r\n0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
                "5\r\nhelloX\r\n0\r\n\r\n",
                "5;a\nb\r\nhello\r\n0\r\n\r\n",
                "fffffffffffffffff\r\nhello\r\n0\r\n\r\n",
                "0\r\nX A: 1\r\n\r\n",
                "0\r\nX-A: 1\n\r\n"
            })
    void chunksInDoubtEndBothConnections(String chunks) throws IOException {
        Peer client = gateway.client().send(CHUNKED_POST);
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        client.send(chunks + GET);

        assertThat(client.readAll())
                .startsWith("HTTP/1.1 400 ")
                .contains("\r\nconnection: close\r\n")
                .containsOnlyOnce("HTTP/1.1");
        assertThat(upstream.readAll()).doesNotContain("0\r\n\r\n");
    }

    @Test
    void aBodyThatBreaksOffEndsTheUpstreamConnection() throws IOException {
        Peer client =
                gateway.client()
                        .send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        client.shutDown();

        assertThat(upstream.readAll()).isEqualTo("hello");
    }

    @Test
    void aChunkedBodyThatBreaksOffEndsTheUpstreamConnection() throws IOException {
        Peer client = gateway.client().send(CHUNKED_POST + "5\r\nhello\r\n");
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        upstream.readThrough("hello\r\n");
        client.shutDown();

        assertThat(upstream.isEnded()).isTrue();
    }

    @Test
    void trailersCannotChangeWhatTheHeadHasDecided() throws IOException {
        gateway.client()
                .send(
                        CHUNKED_POST
                                + "1\r\nx\r\n0\r\nHost: evil\r\nX-Forwarded-For: 1.2.3.4\r\n"
                                + "Connection: x\r\nAuth_User: root\r\nX-Sum: 1\r\n\r\n");
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();

        assertThat(upstream.readThrough("\r\n\r\n")).isEqualTo("1\r\nx\r\n0\r\nX-Sum: 1\r\n\r\n");
    }
}
