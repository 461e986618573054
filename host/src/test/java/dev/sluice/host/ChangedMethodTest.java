package dev.sluice.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.host.testing.Guest;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A plugin changes the method; the client still reads the answer to the one it sent.
class ChangedMethodTest {
    private static final String TO_GET =
            """
            (import "env" "proxy_replace_header_map_value"
              (func $set (param i32 i32 i32 i32 i32) (result i32)))
            (data (i32.const 0) ":methodGET")
            %s
            """
                    .formatted(
                            Guest.onRequestHeaders(
                                    """
                                    (drop (call $set (i32.const 0) (i32.const 0) (i32.const 7)
                                      (i32.const 7) (i32.const 3)))
                                    (i32.const 0)
                                    """));

    private static final String TWO_HEADS =
            """
            HEAD / HTTP/1.1\r
            Host: a\r
            \r
            HEAD / HTTP/1.1\r
            Host: a\r
            Connection: close\r
            \r
            """;

    @TempDir Path folder;

    @Test
    void theAnswerToHeadHasNoBodyWhatEverThePluginMadeOfIt() throws IOException {
        String routes =
                """
                routes:
                  all: { match: { path: { prefix: / } }, respond: { status: 200, body: hidden } }
                """;
        Path module = Guest.write(folder, "to-get", TO_GET);
        try (var gateway =
                        TestGateway.start(
                                folder.resolve("data"),
                                routes + Guest.bound("to-get", module, ""));
                var client = new Socket("127.0.0.1", gateway.gateway().address("http").getPort())) {
            client.setSoTimeout(5_000);
            client.getOutputStream().write(TWO_HEADS.getBytes(ISO_8859_1));
            String answers = new String(client.getInputStream().readAllBytes(), ISO_8859_1);

            assertThat(answers).doesNotContain("hidden");
            assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(3);
        }
    }
}
