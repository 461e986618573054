package dev.sluice.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.host.demo.EchoUpstream;
import dev.sluice.registry.testing.RealRegistry;
import dev.sluice.registry.testing.RealTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The parts that users have: Debian's registry, the public `oras`, and `curl`.
class RealRegistryTest {
    @TempDir Path folder;

    @Test
    void aPluginPushedWithOrasIsBoundWithCurlAndRuns() throws IOException, InterruptedException {
        Path oras = RealTools.find("oras");
        Path curl = RealTools.find("curl");
        Files.copy(
                Path.of("..", "sdk-samples", "go", "api-key", "plugin.wasm"),
                folder.resolve("plugin.wasm"));
        try (var registry = RealRegistry.open(folder);
                var upstream = new EchoUpstream();
                var gateway =
                        TestGateway.start(
                                folder.resolve("data"),
                                """
                                upstreams: { echo: { endpoints: ["127.0.0.1:%d"] } }
                                routes: { all: { match: { path: { prefix: / } }, upstream: echo } }
                                """
                                        .formatted(upstream.address().getPort()))) {
            run(
                    oras.toString(),
                    "push",
                    "--plain-http",
                    registry.host() + "/acme/api-key:1.0",
                    "plugin.wasm:application/vnd.module.wasm.content.layer.v1+wasm");
            String answer =
                    run(
                            curl.toString(),
                            "-sS",
                            "--fail-with-body",
                            "-X",
                            "PATCH",
                            "-H",
                            "content-type: application/json",
                            "-d",
                            """
                            {"modules": {"keys": {"source": {"oci": {
                               "ref": "%s/acme/api-key:1.0", "plainHttp": true}}}},
                             "plugins": {"keys": {"module": "keys", "config": {
                               "header": "x-api-key",
                               "consumers": [{"name": "alice", "key": "k1"}]}}},
                             "bindings": {"keys": {"plugin": "keys", "target": {"route": "all"}}}}
                            """
                                    .formatted(registry.host()),
                            gateway.admin().base() + "/v1/config");
            assertThat(answer).contains("bindings/keys");
            assertThat(gateway.traffic().get("/").status()).isEqualTo(401);
            assertThat(gateway.traffic().get("/", "x-api-key", "k1").body())
                    .contains("x-consumer: alice");
        }
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "run", ".log");
        Process process =
                new ProcessBuilder(List.of(command))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        int exit = process.waitFor();
        String said = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(exit).as(said).isZero();
        return said;
    }
}
