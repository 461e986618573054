package dev.sluice.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.host.testing.Guest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A plugin asks an upstream about every request.
class CallOutReuseTest {
    private static final String ASKS =
            """
            (import "env" "proxy_http_call"
              (func $call (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
            (import "env" "proxy_set_effective_context" (func $on (param i32) (result i32)))
            (import "env" "proxy_continue_stream" (func $resume (param i32) (result i32)))
            (global $stream (mut i32) (i32.const 0))
            (data (i32.const 40) "asked")
            (data (i32.const 100)
              "\\03\\00\\00\\00\\07\\00\\00\\00\\03\\00\\00\\00\\05\\00\\00\\00\\01\\00\\00\\00"
              "\\0a\\00\\00\\00\\01\\00\\00\\00:method\\00GET\\00:path\\00/\\00:authority\\00a\\00")
            (func (export "proxy_on_http_call_response") (param i32 i32 i32 i32 i32)
              (drop (call $on (global.get $stream)))
              (drop (call $resume (i32.const 0))))
            (func (export "proxy_on_request_headers") (param i32 i32 i32) (result i32)
              (global.set $stream (local.get 0))
              (drop (call $call (i32.const 40) (i32.const 5) (i32.const 100) (i32.const 61)
                (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
                (i32.const 5000) (i32.const 64)))
              (i32.const 1))
            """;

    @TempDir Path folder;

    @Test
    void anEmptyAnswerKeepsTheConnection() throws IOException {
        HttpServer asked =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        asked.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        asked.start();
        try (var gateway =
                TestGateway.start(
                        folder.resolve("data"),
                        1,
                        """
                        upstreams: { asked: { endpoints: ["127.0.0.1:%d"] } }
                        routes: { all: { respond: { status: 200 } } }
                        """
                                        .formatted(asked.getAddress().getPort())
                                + Guest.bound("asks", Guest.write(folder, "asks", ASKS), ""))) {
            for (int i = 0; i < 5; i++) {
                assertThat(gateway.traffic().get("/").status()).isEqualTo(200);
            }
            assertThat(gateway.metric("sluice_upstream_connections_total")).isEqualTo(1);
        } finally {
            asked.stop(0);
        }
    }
}
