package dev.sluice.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.host.demo.EchoUpstream;
import dev.sluice.host.testing.Answer;
import dev.sluice.registry.testing.RealTools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/// The sample plugins do what their READMEs say, as committed and built again from their sources.
class SamplesTest {
    private static final Path COMMITTED = repository().resolve("sdk-samples");

    @TempDir Path folder;
    private EchoUpstream upstream;

    @BeforeEach
    void open() {
        upstream = new EchoUpstream();
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    @Nested
    class AsCommitted {
        @Test
        void headerRulesChangesBothHeads() {
            checkHeaderRules(COMMITTED);
        }

        @Test
        void apiKeyLetsKnownConsumersPass() {
            checkApiKey(COMMITTED);
        }

        @Test
        void bodyRewriteReplacesTextInResponses() {
            checkBodyRewrite(COMMITTED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"go", "go-higress", "rust", "rust-unknown", "assemblyscript"})
        void aHelloOnEachSdkRuns(String sdk) {
            checkHello(COMMITTED, sdk);
        }
    }

    @Nested
    class BuiltAgain {
        @Test
        void rust() throws IOException, InterruptedException {
            RealTools.find("cargo");
            Path built = build("rust/header-rules");
            checkHeaderRules(built);
        }

        @Test
        void go() throws IOException, InterruptedException {
            RealTools.find("go");
            Path built = build("go/api-key");
            checkApiKey(built);
        }

        @Test
        void assemblyScript() throws IOException, InterruptedException {
            RealTools.find("npm");
            Path built = build("assemblyscript/body-rewrite");
            checkBodyRewrite(built);
        }
    }

    @Test
    void keysFetchedInConfigureAreThereForTheFirstRequest()
            throws IOException, InterruptedException {
        HttpServer keys =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keys.createContext(
                "/keys",
                exchange -> {
                    byte[] body = "alpha\nbeta\n".getBytes(StandardCharsets.US_ASCII);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        keys.start();
        try (var gateway = gateway()) {
            gateway.apply(
                    """
                    upstreams: { keys: { endpoints: ["127.0.0.1:%d"] } }
                    modules: { keys: { source: { file: { path: "%s" } } } }
                    plugins:
                      keys: { module: keys, config: { upstream: keys, path: /keys } }
                    bindings: { keys: { plugin: keys, target: { global: true } } }
                    """
                            .formatted(
                                    keys.getAddress().getPort(),
                                    COMMITTED.resolve("callout/rust-keys/plugin.wasm")));
            Answer first = gateway.traffic().get("/", "x-key", "alpha");
            assertThat(first.header("x-keys-known")).isEqualTo("true");
            assertThat(gateway.traffic().get("/", "x-key", "gamma").header("x-keys-known"))
                    .isEqualTo("false");
        } finally {
            keys.stop(0);
        }
    }

    private void checkHeaderRules(Path samples) {
        try (var gateway = gateway()) {
            bind(
                    gateway,
                    samples.resolve("rust/header-rules"),
                    """
                    { request: { set: { x-team: a }, add: { x-tag: two }, remove: [x-secret],
                                 rename: { x-old: x-new } },
                      response: { set: { x-team: b } } }
                    """);
            Answer answer =
                    gateway.traffic().get("/", "x-secret", "1", "x-old", "kept", "x-tag", "one");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("x-team")).isEqualTo("b");
            assertThat(answer.body().lines())
                    .contains("x-team: a", "x-new: kept", "x-tag: one", "x-tag: two")
                    .noneMatch(line -> line.startsWith("x-secret") || line.startsWith("x-old"));
        }
    }

    private void checkApiKey(Path samples) {
        try (var gateway = gateway()) {
            bind(
                    gateway,
                    samples.resolve("go/api-key"),
                    "{ header: x-api-key, consumers: [{ name: alice, key: k1 }] }");
            assertThat(gateway.traffic().get("/").status()).isEqualTo(401);
            assertThat(gateway.traffic().get("/", "x-api-key", "k2").status()).isEqualTo(403);
            Answer known = gateway.traffic().get("/", "x-api-key", "k1", "x-consumer", "mallory");
            assertThat(known.status()).isEqualTo(200);
            assertThat(known.body().lines())
                    .contains("x-consumer: alice")
                    .doesNotContain("x-consumer: mallory");
        }
    }

    private void checkBodyRewrite(Path samples) {
        try (var gateway = gateway()) {
            bind(
                    gateway,
                    samples.resolve("assemblyscript/body-rewrite"),
                    "{ replace: [{ find: foo, with: quux }], mode: buffered }");
            Answer answer = gateway.traffic().send("POST", "/a", "foo and food");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).endsWith("quux and quuxd");
            String big = "foo and much beside it; ".repeat(2_000);
            assertThat(gateway.traffic().send("POST", "/a", big).body())
                    .endsWith(big.replace("foo", "quux"));
        }
    }

    private void checkHello(Path samples, String sdk) {
        try (var gateway = gateway()) {
            gateway.apply(
                    """
                    modules: { hello: { source: { file: { path: "%s" } } } }
                    plugins: { hello: { module: hello } }
                    bindings: { hello: { plugin: hello, target: { global: true } } }
                    """
                            .formatted(samples.resolve("hello/" + sdk + "/plugin.wasm")));
            Answer answer = gateway.traffic().get("/");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("x-hello")).isEqualTo(sdk);
        }
    }

    private TestGateway gateway() {
        return TestGateway.start(
                folder.resolve("data"),
                """
                upstreams: { echo: { endpoints: ["127.0.0.1:%d"] } }
                routes: { all: { match: { path: { prefix: / } }, upstream: echo } }
                """
                        .formatted(upstream.address().getPort()));
    }

    private static void bind(TestGateway gateway, Path sample, String config) {
        gateway.apply(
                """
                modules: { sample: { source: { file: { path: "%s" } } } }
                plugins: { sample: { module: sample, config: %s } }
                bindings: { sample: { plugin: sample, target: { global: true } } }
                """
                        .formatted(sample.resolve("plugin.wasm"), config.strip()));
    }

    private Path build(String sample) throws IOException, InterruptedException {
        Path out = folder.resolve("built");
        Path log = folder.resolve("build.log");
        Process build =
                new ProcessBuilder(
                                List.of(
                                        COMMITTED.resolve("build").toString(),
                                        "--out",
                                        out.toString(),
                                        sample))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        if (build.waitFor() != 0 && !"true".equals(System.getenv("CI"))) {
            throw new TestAbortedException(
                    "left out: %s cannot be built on this machine".formatted(sample));
        }
        assertThat(build.exitValue()).as(() -> read(log)).isZero();
        return out;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Path repository() {
        Path up = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(up.resolve(".mvn"))) {
            up = up.getParent();
        }
        return up;
    }
}
