package dev.sluice.host.cli;

import static dev.sluice.host.admin.RunningGateway.LISTENER;
import static dev.sluice.host.admin.RunningGateway.answering;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.host.admin.RunningGateway;
import dev.sluice.host.demo.EchoUpstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sluice run` that is asked to end.
class TerminatedTest {

    @TempDir Path directory;

    @Test
    void endsCleanly() throws InterruptedException, IOException {
        Path file =
                Files.writeString(directory.resolve("config.yaml"), settings() + answering("x"));
        try (var program = Program.run(file)) {
            assertThat(program.served("/")).isEqualTo("x");

            program.terminate();

            assertThat(program.end()).doesNotContain("Exception", "WARN", "ERROR");
            assertThat(program.process().exitValue()).isZero();
        }
    }

    @Test
    void letsWhatIsUnderWayEnd() throws InterruptedException, IOException {
        try (var upstream = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path file = proxying("127.0.0.1:" + upstream.getLocalPort());
            try (var program = Program.run(file);
                    var client = connect(program.listener())) {
                client.getOutputStream()
                        .write("GET / HTTP/1.1\r\nhost: x\r\n\r\n".getBytes(ISO_8859_1));
                try (var origin = upstream.accept()) {
                    origin.getInputStream().read();
                    program.terminate();
                    refusesConnections(program);
                    origin.getOutputStream()
                            .write(
                                    "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nlate"
                                            .getBytes(ISO_8859_1));
                    String answer = new String(client.getInputStream().readAllBytes(), ISO_8859_1);

                    assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith("late");
                }
                program.end();
                assertThat(program.process().exitValue()).isZero();
            }
        }
    }

    @Test
    void saysNothingOfConnectionsThatAreKept() throws InterruptedException, IOException {
        var kept = new ArrayList<Socket>();
        try (var upstream = new EchoUpstream()) {
            Path file = proxying("localhost:" + upstream.address().getPort());
            try (var program = Program.run(file)) {
                for (int i = 0; i < 32; i++) {
                    kept.add(used(program.listener(), "/"));
                    kept.add(used(program.admin(), "/v1/status"));
                }
                program.terminate();

                assertThat(program.end()).doesNotContain("Exception", "WARN", "ERROR");
            }
        } finally {
            for (Socket each : kept) {
                each.close();
            }
        }
    }

    @Test
    void givesUpAChangeThatWaitsForARegistry() throws InterruptedException, IOException {
        Path file =
                Files.writeString(directory.resolve("config.yaml"), settings() + answering("x"));
        try (var registry = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var program = Program.run(file)) {
            String change =
                    """
                    {"modules": {"m": {"source": {"oci": {"ref": "127.0.0.1:%d/a/b:1", "plainHttp": true}}}},
                     "plugins": {"m": {"module": "m"}},
                     "bindings": {"m": {"plugin": "m", "target": {"global": true}}}}
                    """
                            .formatted(registry.getLocalPort());
            CompletableFuture<String> answer = program.patch(change);
            try (var _ = registry.accept()) {
                program.terminate();

                assertThat(answer.orTimeout(9, TimeUnit.SECONDS).join())
                        .as("before the API gives its clients up")
                        .startsWith("503 ")
                        .contains("\"stopping\"");
                program.end();
            }
        }
    }

    /// A config that sends everything to `endpoint`.
    private Path proxying(String endpoint) throws IOException {
        String resources =
                """
                upstreams: { u: { endpoints: ["%s"] } }
                routes: { all: { upstream: u } }
                """
                        .formatted(endpoint);
        return Files.writeString(
                directory.resolve("config.yaml"), settings() + LISTENER + resources);
    }

    private static Socket used(String url, String path) throws IOException {
        Socket client = connect(url);
        client.getOutputStream()
                .write(
                        "GET %s HTTP/1.1\r\nhost: localhost\r\n\r\n"
                                .formatted(path)
                                .getBytes(ISO_8859_1));
        client.getInputStream().read();
        return client;
    }

    private static void refusesConnections(Program program) throws InterruptedException {
        while (true) {
            try (var _ = connect(program.listener())) {
                Thread.onSpinWait();
            } catch (IOException _) {
                return;
            }
        }
    }

    private static Socket connect(String url) throws IOException {
        URI uri = URI.create(url);
        return new Socket(uri.getHost(), uri.getPort());
    }

    private String settings() {
        return RunningGateway.settings(directory.resolve("data"));
    }
}
