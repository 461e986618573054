package dev.sluice.host.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How long connections live on both sides, and in what order answers come.
class ConnectionReuseTest {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
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
    void bothConnectionsServeTheNextRequest() throws IOException {
        Peer client = gateway.client().send(GET);
        Peer upstream = gateway.upstream().accept();

        upstream.readHead();
        upstream.send(OK);
        assertThat(client.readMessage())
                .isEqualTo("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
        client.send(GET.replace("/a", "/b"));

        assertThat(upstream.readHead()).startsWith("GET /b HTTP/1.1\r\nhost: a\r\n");
        upstream.send(OK);
        assertThat(client.readMessage()).endsWith("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            })
    void anAnswerWithoutBodyKeepsTheUpstreamConnection(String answer) throws IOException {
        Peer client = gateway.client().send(GET);
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        upstream.send(answer);
        client.readHead();
        gateway.client().send(GET.replace("/a", "/b"));

        assertThat(upstream.readHead()).startsWith("GET /b ");
    }

    @Test
    void anAnswerToHeadKeepsBothConnections() throws IOException {
        Peer client = gateway.client().send(GET.replace("GET", "HEAD"));
        Peer upstream = gateway.upstream().accept();

        upstream.readHead();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n");
        assertThat(client.readHead()).isEqualTo("HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n");
        client.send(GET);

        upstream.readHead();
        upstream.send(OK);
        assertThat(client.readMessage()).endsWith("ok");
    }

    @Test
    void requestsInOneSegmentAreAnsweredInOrder() throws IOException {
        Peer client =
                gateway.client().send(GET + GET.replace("/a", "/b") + GET.replace("/a", "/c"));
        Peer upstream = gateway.upstream().accept();

        for (String path : new String[] {"/a", "/b", "/c"}) {
            assertThat(upstream.readHead()).startsWith("GET " + path + " ");
            upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n" + path);
        }

        assertThat(client.readMessage()).endsWith("/a");
        assertThat(client.readMessage()).endsWith("/b");
        assertThat(client.readMessage()).endsWith("/c");
    }

    @Test
    void requestsMaySplitAtEveryByte() throws IOException {
        String post = "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
        String chunked =
                """
                POST /c HTTP/1.1\r
                Host: a\r
                Transfer-Encoding: chunked\r
                \r
                1;x=y\r
                a\r
                2\r
                bc\r
                0\r
                X-T: t\r
                \r
                """;
        Peer client = gateway.client().trickle(post + chunked + GET);
        Peer upstream = gateway.upstream().accept();

        assertThat(upstream.readMessage()).startsWith("POST /p ").endsWith("\r\n\r\nabc");
        upstream.send(OK);
        assertThat(upstream.readThrough("X-T: t\r\n\r\n")).startsWith("POST /c ");
        upstream.send(OK);
        assertThat(upstream.readHead()).startsWith("GET /a ");
        upstream.send(OK);
        assertThat(client.readMessage()).endsWith("ok");
        assertThat(client.readMessage()).endsWith("ok");
        assertThat(client.readMessage()).endsWith("ok");
    }

    @Test
    void aResponseMaySplitAtEveryByte() throws IOException {
        Peer client = gateway.client().send(GET);
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        upstream.trickle(OK);

        assertThat(client.readMessage()).endsWith("\r\n\r\nok");
    }

    @Test
    void aClientThatSaysCloseIsClosed() throws IOException {
        Peer client = gateway.client().send(GET.replace("Host", "Connection: close\r\nHost"));
        Peer upstream = gateway.upstream().accept();

        assertThat(upstream.readHead()).doesNotContainIgnoringCase("connection");
        upstream.send(OK);

        assertThat(client.readAll()).contains("\r\nconnection: close\r\n").endsWith("ok");
    }

    @Test
    void anUpstreamThatSaysCloseIsNotReused() throws IOException {
        Peer client = gateway.client().send(GET);
        Peer first = gateway.upstream().accept();
        first.readHead();
        first.send(OK.replace("Content", "Connection: close\r\nContent"));
        assertThat(client.readMessage()).doesNotContain("close");
        client.send(GET);

        Peer second = gateway.upstream().accept();
        assertThat(second.readHead()).startsWith("GET /a ");
        assertThat(first.isEnded()).isTrue();
    }

    @Test
    void surplusBehindAResponseEndsTheUpstreamConnection() throws IOException {
        Peer client = gateway.client().send(GET + GET);
        Peer first = gateway.upstream().accept();
        first.readHead();
        first.send(OK + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");

        Peer second = gateway.upstream().accept();
        second.readHead();
        second.send(OK);
        assertThat(client.readMessage()).endsWith("ok");
        assertThat(client.readMessage()).endsWith("ok");
    }

    @Test
    void aPartOfAResponseOnAnIdleUpstreamConnectionEndsIt() throws IOException {
        Peer client = gateway.client().send(GET);
        Peer first = gateway.upstream().accept();
        first.readHead();
        first.send(OK);
        client.readMessage();
        first.send("HTTP/1.1 200 OK\r\n");

        assertThat(first.isEnded()).isTrue();
    }

    @Test
    void version10IsClosedUnlessItAsksNotTo() throws IOException {
        Peer closing = gateway.client().send("GET /a HTTP/1.0\r\n\r\n");
        Peer upstream = gateway.upstream().accept();
        assertThat(upstream.readHead()).startsWith("GET /a HTTP/1.1\r\n");
        upstream.send(OK);
        assertThat(closing.readAll()).endsWith("ok");

        Peer keeping = gateway.client();
        for (int i = 0; i < 2; i++) {
            keeping.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            upstream.readHead();
            upstream.send(OK);
            assertThat(keeping.readMessage()).contains("\r\nconnection: keep-alive\r\n");
        }
    }

    @Test
    void version10GetsABodyOfUnknownLengthUpToTheEnd() throws IOException {
        Peer client = gateway.client().send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        upstream.send(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-T: t\r\n\r\n");

        assertThat(client.readAll()).isEqualTo("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nok");
    }

    @Test
    void aClosedListOfRequestsEndsAtTheLimit(@TempDir Path other) throws IOException {
        try (var limited =
                GatewayUnderTest.setup()
                        .limits("{ requestsPerConnection: 2 }")
                        .routes("all: { respond: { status: 200, body: x } }")
                        .start(other)) {
            String answers = limited.answer(GET + GET + GET);

            assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(3);
            assertThat(answers).containsOnlyOnce("connection: close");
        }
    }
}
