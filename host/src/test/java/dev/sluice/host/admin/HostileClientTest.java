package dev.sluice.host.admin;

import static dev.sluice.host.admin.RunningGateway.answering;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What no HTTP library would send to the config API.
class HostileClientTest {
    @TempDir Path data;
    private RunningGateway gateway;

    @BeforeEach
    void start() throws InterruptedException, IOException {
        gateway = RunningGateway.start(data, answering("first"));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void answers400ToWhatIsNotHttp() throws InterruptedException, IOException {
        assertThat(exchange("no such thing at all\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("bad_request");
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws InterruptedException, IOException {
        String get = "GET %s HTTP/1.1\r\nhost: localhost\r\n%s\r\n";
        String answers =
                exchange(
                        get.formatted("/metrics", "")
                                + get.formatted("/healthz", "")
                                + get.formatted("/v1/nothing", "connection: close\r\n"));

        assertThat(answers)
                .containsSubsequence(
                        "HTTP/1.1 200 OK", "sluice_requests_total", "ok\n", "HTTP/1.1 404 ");
        assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(4);
    }

    @Test
    void answers413ToABodyBeyondAllBounds() throws InterruptedException, IOException {
        String request =
                String.join(
                        "\r\n",
                        "PUT /v1/config HTTP/1.1",
                        "host: localhost",
                        "expect: 100-continue",
                        "content-length: 1000000000",
                        "connection: close",
                        "",
                        "");

        assertThat(exchange(request)).startsWith("HTTP/1.1 413 ");
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, 421",
        "evil.example:8900, 421",
        "127.0.0.1.evil.example, 421",
        "localhost, 200",
        "LOCALHOST:8900, 200",
        "127.0.0.1:1, 200",
        "[::1]:8900, 200"
    })
    void answersOnlyToNamesThatAForeignSiteCannotHave(String host, int status)
            throws InterruptedException, IOException {
        assertThat(
                        exchange(
                                "GET /healthz HTTP/1.1\r\nhost: %s\r\nconnection: close\r\n\r\n"
                                        .formatted(host)))
                .startsWith("HTTP/1.1 %d ".formatted(status));
    }

    private String exchange(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", gateway.gateway().adminAddress().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
