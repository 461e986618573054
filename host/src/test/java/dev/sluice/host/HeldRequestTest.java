package dev.sluice.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.host.testing.Answer;
import dev.sluice.host.testing.Guest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A plugin holds a request's headers and body until it has seen all of it, which hosts other than
/// Envoy let it.
class HeldRequestTest {
    private static final String HOLDS_UNTIL_THE_END =
            """
            %s
            (func (export "proxy_on_request_body") (param i32 i32 i32) (result i32)
              (i32.eqz (local.get 2)))
            """
                    .formatted(Guest.onRequestHeaders("(i32.eqz (local.get 2))"));

    private static final String ROUTES =
            """
            routes:
              all: { match: { path: { prefix: / } }, respond: { status: 200, body: whole } }
            """;

    @TempDir Path folder;

    private TestGateway gateway;

    @BeforeEach
    void start() {
        Path module = Guest.write(folder, "holds", HOLDS_UNTIL_THE_END);
        gateway =
                TestGateway.start(
                        folder.resolve("data"),
                        1,
                        "heldBodies: 64KiB",
                        ROUTES + Guest.bound("holds", module, "profile: higress"));
    }

    @AfterEach
    void end() {
        gateway.close();
    }

    @Test
    void aClientThatWaitsToBeToldSendsItsBody() throws IOException {
        int port = gateway.gateway().address("http").getPort();
        try (var client = new Socket("127.0.0.1", port)) {
            client.setSoTimeout(5_000);
            send(
                    client,
                    """
                    POST / HTTP/1.1\r
                    Host: a\r
                    Expect: 100-continue\r
                    Content-Length: 3\r
                    Connection: close\r
                    \r
                    """);
            InputStream in = client.getInputStream();
            String interim = "HTTP/1.1 100 Continue\r\n\r\n";
            assertThat(in.readNBytes(interim.length())).asString(ISO_8859_1).isEqualTo(interim);

            send(client, "abc");

            assertThat(in.readAllBytes())
                    .asString(ISO_8859_1)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("whole");
        }
    }

    @Test
    void aBodyThatTheLoopHasNoRoomForIsRefused() {
        Answer small = gateway.traffic().send("POST", "/", "x".repeat(60 << 10));
        Answer large = gateway.traffic().send("POST", "/", "x".repeat(200 << 10));

        assertThat(small.status()).isEqualTo(200);
        assertThat(large.status()).isEqualTo(503);
        assertThat(large.body()).isEqualTo("503 too many bytes held\n");
        assertThat(gateway.metric("sluice_held_body_refused_total")).isEqualTo(1);
        assertThat(gateway.metric("sluice_held_body_bytes")).isZero();
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(ISO_8859_1));
    }
}
