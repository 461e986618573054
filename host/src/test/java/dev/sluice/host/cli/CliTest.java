package dev.sluice.host.cli;

import static dev.sluice.host.admin.RunningGateway.LISTENER;
import static dev.sluice.host.admin.RunningGateway.answering;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.host.admin.Guest;
import dev.sluice.host.admin.RunningGateway;
import dev.sluice.registry.EmbeddedRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
    @TempDir Path directory;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void speaksInSentences() {
        assertThat(out() + err()).doesNotContain("\tat ", "Exception", "null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h", ""})
    void helpListsEveryVerb(String word) {
        int code = word.isEmpty() ? run() : run(word);

        assertThat(code).isZero();
        assertThat(out())
                .contains(
                        "sluice demo",
                        "sluice run",
                        "sluice apply",
                        "sluice get",
                        "sluice registry",
                        "sluice plugin push",
                        "sluice plugin pull",
                        "sluice plugin inspect",
                        "sluice test",
                        "sluice conformance",
                        "sluice version",
                        "sluice help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "--version"})
    void printsTheVersion(String word) {
        assertThat(run(word)).isZero();
        assertThat(out()).matches("sluice \\S+\\R");
    }

    @Test
    void aVerbExplainsItself() {
        assertThat(run("apply", "--help")).isZero();
        assertThat(out()).startsWith("usage: sluice apply -f FILE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aply -f x|unknown verb aply; did you mean \"apply\"?",
                "plugin psh x y|unknown verb plugin psh; did you mean \"plugin push\"?",
                "plugin|plugin needs another word: push, pull or inspect",
                "apply --replce|unknown flag --replce; did you mean \"--replace\"?",
                "get --admn x|unknown flag --admn; did you mean \"--admin\"?",
                "plugin push localhost:5000/a@sha256:0000000000000000000000000000000000000000000000000000000000000000 x|push to a tag",
                "apply|-f is missing",
                "apply -f|-f needs a value",
                "run|-c is missing",
                "get now|unexpected argument now",
                "version now|unexpected argument now",
                "plugin push|REF is missing",
                "plugin push localhost:1/a:1|FILE is missing",
                "plugin pull not-a-reference|not-a-reference",
                "plugin inspect|FILE or REF is missing",
                "plugin inspect not-a-reference|not-a-reference",
                "get --admin nonsense|--admin nonsense is no URL such as http://127.0.0.1:8900",
                "get --admin localhost:8900|--admin localhost:8900 is no URL",
                "registry --address nowhere|--address nowhere is no HOST:PORT",
                "test|run by the launcher"
            })
    void aWrongCommandLineSaysWhatIsRight(String line, String message) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err()).contains(message);
        assertThat(out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apply -f /no/such.yaml",
                "run -c /no/such.yaml",
                "plugin push localhost:1/a:1 /no/such.yaml",
                "plugin inspect /no/such.yaml"
            })
    void aMissingFileIsASentence(String line) {
        assertThat(run(line.split(" "))).isEqualTo(1);
        assertThat(err()).isEqualTo("sluice: /no/such.yaml: there is no such file or folder\n");
    }

    @Test
    void aDirectoryIsNoFile() {
        assertThat(run("apply", "-f", directory.toString())).isEqualTo(1);
        assertThat(err()).isEqualTo("sluice: %s: it is a directory\n".formatted(directory));
    }

    @Test
    void aBadConfigListsAllThatIsWrongWithIt() throws IOException {
        String bad =
                LISTENER
                        + """
                        routes:
                          a: { upstraem: api }
                          b: { upstream: nowhere }
                        """;
        Path file = file(RunningGateway.settings(directory.resolve("data")) + bad);

        assertThat(run("run", "-c", file.toString())).isEqualTo(1);
        assertThat(err())
                .contains(
                        "sluice: the config is not accepted:",
                        "/routes/a/upstraem (8:",
                        "/routes/b/upstream (9:");
    }

    @Test
    void aPluginThatCannotRunIsRefusedWithItsReason() throws IOException {
        Path guest = Guest.file(directory, "guest", Guest.configured("(i32.const 0)"));
        Path file =
                file(
                        RunningGateway.settings(directory.resolve("data"))
                                + answering("x")
                                + Guest.everywhere(guest, ""));

        assertThat(run("run", "-c", file.toString())).isEqualTo(1);
        assertThat(err()).contains("sluice: the config is not accepted:", "/plugins/p: ");
    }

    @Test
    void anAddressInUseIsASentence() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            Path file =
                    file(
                            RunningGateway.settings(directory.resolve("data"))
                                            .replace("127.0.0.1:0", address)
                                    + answering("x"));

            assertThat(run("run", "-c", file.toString())).isEqualTo(1);
            assertThat(err()).contains("cannot listen on " + address + " for the config API");
            err.reset();

            assertThat(run("registry", "--address", address)).isEqualTo(1);
            assertThat(err()).contains("sluice: ").contains("choose another port");
        }
    }

    @Test
    void applyUpsertsAndReplacesAndOnlyTries() throws InterruptedException, IOException {
        try (var gateway = RunningGateway.start(directory.resolve("data"), answering("first"))) {
            String second =
                    "routes: { b: { match: { path: { exact: /b } }, respond: { status: 204 } } }\n";
            Path file = file(second);

            assertThat(apply(gateway, file, "--dry-run", "full")).isZero();
            assertThat(out()).contains("+ routes/b\n").contains("nothing was changed (dry run)");
            assertThat(gateway.generation()).isEqualTo(1);

            assertThat(apply(gateway, file)).isZero();
            assertThat(out()).isEqualTo("+ routes/b\ngeneration 2 is live\n");
            assertThat(gateway.served()).isEqualTo("first");

            Path whole = file(gateway.settings() + answering("whole"));
            assertThat(apply(gateway, whole, "--replace")).isZero();
            assertThat(out()).isEqualTo("~ routes/all\n- routes/b\ngeneration 3 is live\n");
            assertThat(gateway.served()).isEqualTo("whole");
        }
    }

    @Test
    void applyListsWhatTheGatewayRefuses() throws InterruptedException, IOException {
        try (var gateway = RunningGateway.start(directory.resolve("data"), answering("first"))) {
            Path file = file("routes: { a: { upstream: x }, b: { upstream: y } }\n");

            assertThat(apply(gateway, file)).isEqualTo(1);
            assertThat(err())
                    .startsWith("sluice: the gateway refused (422):\n")
                    .contains("  /routes/a/upstream: ", "  /routes/b/upstream: ");
            assertThat(apply(gateway, file, "--dry-run", "maybe")).isEqualTo(2);
            assertThat(err()).contains("--dry-run is plan or full");
            assertThat(gateway.generation()).isEqualTo(1);
        }
    }

    @Test
    void getPrintsWhatRuns() throws InterruptedException, IOException {
        try (var gateway = RunningGateway.start(directory.resolve("data"), answering("first"))) {
            assertThat(run("get", "--admin", gateway.admin() + "/")).isZero();

            assertThat(out()).contains("\"body\" : \"first\"");
            Path same = file(out());
            assertThat(apply(gateway, same, "--replace")).isZero();
            assertThat(out()).isEqualTo("generation 1 is live\n");
        }
    }

    @Test
    void nobodyThereIsASentence() throws InterruptedException, IOException {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertThat(run("get", "--admin", "http://127.0.0.1:" + port)).isEqualTo(1);
        assertThat(err()).contains("no gateway answers at http://127.0.0.1:" + port);
    }

    @ParameterizedTest
    @CsvSource({"get, 200", "get, 404", "apply, 200", "apply, 500"})
    void somethingElseThereIsASentence(String verb, int status)
            throws InterruptedException, IOException {
        byte[] page = "<html>welcome</html>".getBytes(UTF_8);
        var other = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        other.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(status, page.length);
                    exchange.getResponseBody().write(page);
                    exchange.close();
                });
        other.start();
        try {
            String admin = "http://127.0.0.1:" + other.getAddress().getPort();
            Path file = file(answering("x"));

            int code =
                    verb.equals("get")
                            ? run("get", "--admin", admin)
                            : run("apply", "-f", file.toString(), "--admin", admin);

            assertThat(code).isEqualTo(1);
            assertThat(err()).contains(status == 200 ? "no config API" : "refused");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void pushesAndPullsAPlugin() throws InterruptedException, IOException {
        Path guest = Guest.file(directory, "guest", Guest.passing());
        Path copy = directory.resolve("copy.wasm");
        try (var registry =
                EmbeddedRegistry.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            for (String layout : new String[] {"", "--compat"}) {
                String ref = registry.host() + "/plugins/guest" + layout.replace("-", "") + ":1";
                String push = "plugin push %s %s --plain-http %s".formatted(ref, guest, layout);
                assertThat(run(push.strip().split(" "))).isZero();
                assertThat(run("plugin", "pull", ref, "-o", copy.toString(), "--plain-http"))
                        .isZero();
                assertThat(copy).hasSameBinaryContentAs(guest);
                assertThat(out()).contains("pushed " + ref, "pulled " + ref, "module   sha256:");
            }
            assertThat(
                            run(
                                    "plugin",
                                    "pull",
                                    registry.host() + "/plugins/none:1",
                                    "-o",
                                    copy.toString(),
                                    "--plain-http"))
                    .isEqualTo(1);
            assertThat(err()).contains("not found");
        }
    }

    @Test
    void pushesOnlyModules() throws InterruptedException, IOException {
        Path file = Files.writeString(directory.resolve("x.wasm"), "hello");

        assertThat(run("plugin", "push", "localhost:1/a:1", file.toString())).isEqualTo(1);
        assertThat(err()).isEqualTo("sluice: %s is no WebAssembly module\n".formatted(file));
    }

    private int apply(RunningGateway gateway, Path file, String... more) {
        out.reset();
        err.reset();
        String[] line = new String[5 + more.length];
        System.arraycopy(
                new String[] {"apply", "-f", file.toString(), "--admin", gateway.admin()},
                0,
                line,
                0,
                5);
        System.arraycopy(more, 0, line, 5, more.length);
        return run(line);
    }

    private int run(String... line) {
        return new Cli(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
                .run(line);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "config", ".yaml"), text);
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }
}
