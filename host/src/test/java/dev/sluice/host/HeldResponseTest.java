package dev.sluice.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.host.testing.Guest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A plugin holds every response for ever.
class HeldResponseTest {
    private static final String HOLDS =
            """
            (func (export "proxy_on_response_headers") (param i32 i32 i32) (result i32)
              (i32.const 1))
            """;

    @TempDir Path folder;

    @Test
    void anErrorOfTheGatewayItselfIsNotHeldForEver() throws IOException {
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                var gateway =
                        TestGateway.start(
                                folder.resolve("data"),
                                """
                                upstreams: { silent: { endpoints: ["127.0.0.1:%d"] } }
                                routes: { all: { upstream: silent, timeout: 100ms } }
                                """
                                                .formatted(silent.getLocalPort())
                                        + Guest.bound(
                                                "holds",
                                                Guest.write(folder, "holds", HOLDS),
                                                ""))) {
            assertThat(gateway.traffic().get("/").status()).isEqualTo(504);
        }
    }
}
