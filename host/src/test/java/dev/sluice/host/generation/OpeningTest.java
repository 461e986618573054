package dev.sluice.host.generation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.host.Experiment;
import dev.sluice.host.Gateway;
import dev.sluice.host.admin.RunningGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a client sees of an address that is bound while a config is applied.
class OpeningTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir Path data;

    @Test
    void aConnectionThatComesBeforeTheConfigIsLiveWaitsForIt() throws IOException {
        int port = RunningGateway.freePort();
        var early = new AtomicReference<Socket>();
        ApplyHook connects =
                step -> {
                    if (step == ApplyStep.COMMIT) {
                        early.set(new Socket(LOOPBACK, port));
                        early.get()
                                .getOutputStream()
                                .write(
                                        "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                                                .getBytes(ISO_8859_1));
                    }
                };
        String config =
                RunningGateway.settings(data)
                        + "listeners: { http: { address: \"127.0.0.1:%d\" } }\n".formatted(port)
                        + RunningGateway.route("live");
        try (var gateway =
                Gateway.start(
                        new Gateway.Start(RunningGateway.yaml(config), "file"),
                        Experiment.hooked(connects))) {
            assertThat(gateway.publisher().live().generation().id()).isEqualTo(1);
            try (Socket client = early.get()) {
                client.setSoTimeout(10_000);
                assertThat(new String(client.getInputStream().readAllBytes(), ISO_8859_1))
                        .startsWith("HTTP/1.1 200 OK")
                        .endsWith("live");
            }
        }
    }
}
