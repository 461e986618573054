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

/// How long a client may take.
class ConnectionLimitTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private GatewayUnderTest gateway;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        gateway =
                GatewayUnderTest.setup()
                        .limits("{ headerTimeout: 150ms, idleTimeout: 600ms }")
                        .routes(
                                """
                                all: { respond: { status: 200, body: x } }
                                up: { match: { path: { exact: /up } }, upstream: backend }
                                """)
                        .start(directory);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "G",
                "GET / HTTP/1.1\r\n",
                "\r\nGET / HTTP/1.1\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n\r"
            })
    void aHeadThatDoesNotEndIs408(String part) throws IOException {
        assertThat(gateway.answer(part))
                .startsWith("HTTP/1.1 408 ")
                .contains("\r\nconnection: close\r\n");
    }

    @Test
    void aSecondHeadThatDoesNotEndIs408() throws IOException {
        String answers = gateway.answer(GET + "GET / HTTP/1.1\r\nHost: a\r\n");

        assertThat(answers).startsWith("HTTP/1.1 200 ").contains("\r\n\r\nxHTTP/1.1 408 ");
    }

    @Test
    void aHeadThatTricklesInIs408() throws IOException {
        Peer client = gateway.client().send(GET);
        client.readMessage();
        client.send("GET / HTTP/1.1\r\n");
        client.send("Host: a\r\n");

        assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void aConnectionThatSaysNothingIsClosed() throws IOException {
        assertThat(gateway.client().isEnded()).isTrue();
    }

    @Test
    void aConnectionThatSaysNothingMoreIsClosed() throws IOException {
        Peer client = gateway.client().send(GET);
        client.readMessage();

        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void emptyLinesAreNoRequest() throws IOException {
        assertThat(gateway.answer("\r\n\r\n")).isEmpty();
    }

    @Test
    void aBodyThatStallsIs408() throws IOException {
        Peer client =
                gateway.client()
                        .send("POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();

        assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
        assertThat(upstream.readAll()).isEqualTo("hello");
    }

    @Test
    void aResponseMayTakeLongerThanAConnectionMayIdle() throws IOException {
        Peer client = gateway.client().send(GET.replace("/ ", "/up "));
        Peer idle = gateway.client();
        Peer upstream = gateway.upstream().accept();
        upstream.readHead();
        assertThat(idle.isEnded()).isTrue();
        upstream.send("HTTP/1.1 204 No Content\r\n\r\n");

        assertThat(client.readHead()).startsWith("HTTP/1.1 204 ");
    }
}
