package dev.sluice.host.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client sees of an upstream that does not do what it should.
class UpstreamFaultTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private GatewayUnderTest gateway;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        gateway =
                GatewayUnderTest.setup()
                        .routes(
                                """
                                all: { upstream: backend }
                                short: { match: { path: { prefix: /short } }, upstream: backend, timeout: 100ms }
                                """)
                        .start(directory);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    @Test
    void noConnectionIs503() throws IOException {
        gateway.upstream().close();
        Peer client = gateway.client().send(GET + GET);

        assertThat(client.readMessage()).startsWith("HTTP/1.1 503 ");
        assertThat(client.readMessage()).startsWith("HTTP/1.1 503 ");
    }

    @Test
    void aResetInFrontOfTheResponseIs502() throws IOException {
        Peer client = gateway.client().send(GET);
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        upstream.reset();

        assertThat(client.readMessage()).startsWith("HTTP/1.1 502 ").doesNotContain("close");
    }

    @Test
    void aStaleConnectionIsReplacedOnce() throws IOException {
        Peer client = gateway.client().send(GET);
        Peer first = gateway.upstream().accept();
        first.readHead();
        first.send(OK);
        client.readMessage();
        client.send(GET);
        first.readHead();
        first.close();
        Peer second = gateway.upstream().accept();
        second.readHead();
        second.close();

        assertThat(client.readMessage()).startsWith("HTTP/1.1 502 ");
    }

    @Test
    void aRequestOnAStaleConnectionSucceedsOnTheNext() throws IOException {
        Peer client = gateway.client().send(GET);
        Peer first = gateway.upstream().accept();
        first.readHead();
        first.send(OK);
        client.readMessage();
        client.send(GET);
        first.readHead();
        first.close();
        Peer second = gateway.upstream().accept();
        second.readHead();
        second.send(OK);

        assertThat(client.readMessage()).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whatMayNotBeRepeatedIsNot() throws IOException {
        Peer client = gateway.client().send(GET);
        Peer first = gateway.upstream().accept();
        first.readHead();
        first.send(OK);
        client.readMessage();
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
        first.readHead();
        first.close();

        assertThat(client.readMessage()).startsWith("HTTP/1.1 502 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 99 Low\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 600 High\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2x\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX-A: \u0000\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\nContent-Length: 2\n\nok"
            })
    void aMalformedResponseIs502AndEndsItsConnection(String response) throws IOException {
        Peer client = gateway.client().send(GET);
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        upstream.send(response);

        assertThat(client.readMessage())
                .startsWith("HTTP/1.1 502 ")
                .contains("malformed")
                .doesNotContain("close");
        assertThat(upstream.isEnded()).isTrue();
    }

    @Test
    void aPartOfAHeadIs502() throws IOException {
        Peer client = gateway.client().send(GET);
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        upstream.send("HTTP/1.1 200 OK\r\nContent-").close();

        assertThat(client.readMessage()).startsWith("HTTP/1.1 502 ");
    }

    @Test
    void aResponseShorterThanItsLengthEndsTheClientsConnection() throws IOException {
        Peer client = gateway.client().send(GET);
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
        client.readThrough("hello");
        upstream.close();

        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void aChunkedResponseThatBreaksOffEndsWithoutItsLastChunk() throws IOException {
        Peer client = gateway.client().send(GET);
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        upstream.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        client.readThrough("hello\r\n");
        upstream.close();

        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void aResponseToVersion10ThatBreaksOffIsReset() throws IOException {
        Peer client = gateway.client().send("GET / HTTP/1.0\r\n\r\n");
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        upstream.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        client.readThrough("hello");
        upstream.close();

        assertThatThrownBy(client::readAll).hasMessageContaining("reset");
    }

    @Test
    void noResponseInTimeIs504AndCancelsTheUpstream() throws IOException {
        Peer client = gateway.client().send(GET.replace("/ ", "/short "));
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();

        assertThat(client.readMessage()).startsWith("HTTP/1.1 504 ");
        assertThat(upstream.isEnded()).isTrue();
    }

    @Test
    void aResponseThatStallsEndsTheClientsConnection() throws IOException {
        Peer client = gateway.client().send(GET.replace("/ ", "/short "));
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
        client.readThrough("hello");

        assertThat(client.isEnded()).isTrue();
        assertThat(upstream.isEnded()).isTrue();
    }

    @Test
    void theTimeAnAnswerHasBeginsWithTheEndOfTheRequest() throws IOException {
        Peer slow =
                gateway.client()
                        .send("POST /short HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\na");
        Peer slowUpstream = gateway.upstream().accept();
        slowUpstream.readHead();
        Peer quick = gateway.client().send(GET.replace("/ ", "/short "));
        gateway.upstream().accept().readHead();
        assertThat(quick.readMessage()).startsWith("HTTP/1.1 504 ");
        slow.send("b");
        slowUpstream.read(2);
        slowUpstream.send(OK);

        assertThat(slow.readMessage()).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void anEarlyResponseReachesAClientThatStillSends() throws IOException {
        Peer client =
                gateway.client()
                        .send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nhello");
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        upstream.read(5);
        upstream.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
        assertThat(client.readMessage())
                .startsWith("HTTP/1.1 403 ")
                .contains("\r\nconnection: close\r\n")
                .endsWith("no");

        client.send(new byte[200_000]);
        assertThat(client.isEnded()).isTrue();
        assertThat(upstream.isEnded()).isTrue();
    }

    @Test
    void aClientThatGoesTakesItsUpstreamRequestWithIt() throws IOException {
        Peer client = gateway.client().send(GET);
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        client.close();

        assertThat(upstream.isEnded()).isTrue();
    }
}
