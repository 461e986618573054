package dev.sluice.host.generation;

import static dev.sluice.host.admin.RunningGateway.LISTENER;
import static dev.sluice.host.admin.RunningGateway.answering;
import static dev.sluice.host.admin.RunningGateway.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.host.admin.Guest;
import dev.sluice.host.admin.RunningGateway;
import dev.sluice.oci.Digest;
import dev.sluice.oci.ImageReference;
import dev.sluice.registry.Access;
import dev.sluice.registry.EmbeddedRegistry;
import dev.sluice.registry.RegistryClient;
import dev.sluice.registry.RegistryOptions;
import dev.sluice.registry.WasmArtifactContent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Everything that can be wrong with an apply: what the writer is told, and that nothing changed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedApplyTest {
    private static final String COMPONENT = "0061736d0d000100";

    @TempDir static Path directory;
    private EmbeddedRegistry registry;
    private EmbeddedRegistry altered;
    private HttpServer locked;
    private ServerSocket silent;
    private ServerSocket taken;
    private int closedPort;
    private RunningGateway gateway;

    /// @param resources beside the settings
    /// @param errors pointer, code and a part of the message of each
    record Case(String name, String resources, int status, List<Expected> errors) {
        @Override
        public String toString() {
            return name;
        }
    }

    record Expected(String pointer, String code, String message) {}

    @BeforeAll
    void start() throws InterruptedException, IOException {
        Path stored = directory.resolve("altered");
        registry = EmbeddedRegistry.start(loopback());
        altered = EmbeddedRegistry.start(loopback(), stored);
        push(altered, "guest", Guest.passing());
        alterBlob(stored, Guest.passing());
        locked = HttpServer.create(loopback(), 0);
        locked.createContext(
                "/",
                exchange -> {
                    exchange.getResponseHeaders().set("www-authenticate", "Basic realm=\"x\"");
                    exchange.sendResponseHeaders(401, -1);
                    exchange.close();
                });
        locked.start();
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try (var closed = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            closedPort = closed.getLocalPort();
        }
        Path good = Guest.file(directory, "good", Guest.passing());
        gateway =
                RunningGateway.start(
                        directory.resolve("data"),
                        answering("untouched") + Guest.everywhere(good, ""));
    }

    @AfterAll
    void close() throws IOException {
        gateway.close();
        registry.close();
        altered.close();
        locked.stop(0);
        silent.close();
        taken.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tellsWhatToDoAndChangesNothing(Case given) throws InterruptedException, IOException {
        long generation = gateway.generation();
        double machines = gateway.metric("sluice_guest_vms");
        double memory = gateway.metric("sluice_guest_memory_bytes");
        List<String> records = records();

        HttpResponse<String> answer = gateway.put(given.resources());
        HttpResponse<String> dry = gateway.put("?dryRun=full", given.resources());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(given.status());
        assertThat(dry.statusCode()).isEqualTo(given.status());
        for (HttpResponse<String> each : List.of(answer, dry)) {
            var errors = json(each).path("errors");
            assertThat(errors.size()).as(each.body()).isEqualTo(given.errors().size());
            for (int i = 0; i < errors.size(); i++) {
                Expected expected = given.errors().get(i);
                var error = errors.get(i);
                assertThat(error.path("pointer").stringValue()).isEqualTo(expected.pointer());
                assertThat(error.path("code").stringValue()).isEqualTo(expected.code());
                assertThat(error.path("message").stringValue()).contains(expected.message());
            }
        }
        assertThat(gateway.generation()).isEqualTo(generation);
        assertThat(gateway.served()).isEqualTo("untouched");
        assertThat(gateway.metric("sluice_guest_vms")).isEqualTo(machines);
        assertThat(gateway.metric("sluice_guest_memory_bytes")).isEqualTo(memory);
        assertThat(records()).isEqualTo(records);
    }

    Stream<Case> cases() throws IOException {
        return Stream.concat(Stream.concat(configs(), modules()), guests());
    }

    private Stream<Case> configs() {
        return Stream.of(
                new Case(
                        "unknown key",
                        LISTENER + "routes: { a: { respond: { staus: 200 } } }",
                        422,
                        List.of(
                                new Expected("/routes/a/respond", "missing_key", "status"),
                                new Expected(
                                        "/routes/a/respond/staus",
                                        "unknown_key",
                                        "did you mean \"status\"?"))),
                new Case(
                        "dangling name",
                        LISTENER
                                + "upstreams: { orders: { endpoints: [\"127.0.0.1:1\"] } }\n"
                                + "routes: { a: { upstream: order } }",
                        422,
                        List.of(
                                new Expected(
                                        "/routes/a/upstream",
                                        "unknown_reference",
                                        "did you mean \"orders\"?"))),
                new Case(
                        "bad duration",
                        LISTENER + "routes: { a: { respond: { status: 200 }, timeout: 5 } }",
                        422,
                        List.of(new Expected("/routes/a/timeout", "wrong_type", "250ms"))),
                new Case(
                        "two errors at once",
                        LISTENER
                                + "routes: { a: { respond: { status: 99 } }, b: { upstream: no } }",
                        422,
                        List.of(
                                new Expected("/routes/a/respond/status", "out_of_range", "200"),
                                new Expected("/routes/b/upstream", "unknown_reference", "no"))),
                new Case("not YAML", "routes: [", 422, List.of(new Expected("", "syntax", ""))),
                new Case(
                        "port in use",
                        "listeners: { http: { address: \"127.0.0.1:0\" }, second: { address:"
                                + " \"127.0.0.1:%d\" } }\n".formatted(taken.getLocalPort())
                                + RunningGateway.route("changed"),
                        503,
                        List.of(
                                new Expected(
                                        "/listeners/second",
                                        "address_not_bound",
                                        "127.0.0.1:" + taken.getLocalPort()))),
                new Case(
                        "host that does not exist",
                        answering("changed")
                                + "upstreams: { u: { endpoints: [\"nowhere.invalid:80\"] } }",
                        424,
                        List.of(
                                new Expected(
                                        "/upstreams/u", "host_not_found", "nowhere.invalid"))));
    }

    private Stream<Case> modules() throws IOException {
        return Stream.of(
                module(
                        "module not Wasm",
                        "hello".getBytes(UTF_8),
                        "module_not_wasm",
                        "expected: 00 61 73 6d"),
                module(
                        "component",
                        HexFormat.of().parseHex(COMPONENT),
                        "module_component",
                        "component"),
                module(
                        "SIMD",
                        Guest.with("(func (drop (v128.const i32x4 0 0 0 0)))"),
                        "module_unsupported_feature",
                        "SIMD"),
                new Case(
                        "file that is not there",
                        answering("changed") + Guest.everywhere(Path.of("/no/such.wasm"), ""),
                        424,
                        List.of(
                                new Expected(
                                        "/modules/m", "module_not_readable", "/no/such.wasm"))),
                pulled("registry down", "127.0.0.1:" + closedPort, "127.0.0.1:" + closedPort),
                pulled(
                        "login missing",
                        "127.0.0.1:" + locked.getAddress().getPort(),
                        "set pullSecret on the module"),
                pulled("no such tag", registry.host(), "check registry, repository, tag"),
                pulled("altered bytes", altered.host(), "the bytes hash to sha256:"),
                new Case(
                        "other bytes than pinned",
                        answering("changed")
                                + """
                                modules:
                                  m:
                                    source: { file: { path: "%s" } }
                                    pin: { moduleDigest: "%s" }
                                plugins: { p: { module: m } }
                                """
                                        .formatted(
                                                Guest.file(
                                                        directory,
                                                        "other",
                                                        Guest.configured("(i32.const 1)")),
                                                "sha256:" + "0".repeat(64)),
                        424,
                        List.of(
                                new Expected(
                                        "/modules/m",
                                        "module_digest_mismatch",
                                        "pin.moduleDigest"))),
                new Case(
                        "secret missing",
                        answering("changed")
                                + Guest.everywhere(
                                        Guest.file(directory, "passing", Guest.passing()),
                                        "config: { k: { $secret: s } }")
                                + "secrets: { s: { file: /no/such/secret } }",
                        424,
                        List.of(new Expected("/plugins/p", "secret_missing", "/no/such/secret"))));
    }

    private Stream<Case> guests() throws IOException {
        return Stream.of(
                guest(
                        "over its memory limit",
                        Guest.large(),
                        "limits: { memory: 64KiB }",
                        new Expected(
                                "/plugins/p",
                                "plugin_start_failed",
                                "initial memory: 131072 (expected: at most 65536)")),
                guest(
                        "start traps",
                        Guest.with(
                                """
                                (func (export "proxy_on_vm_start") (param i32 i32) (result i32)
                                  (unreachable))
                                """),
                        "",
                        new Expected("/plugins/p", "plugin_start_failed", "proxy_on_vm_start")),
                guest(
                        "on_configure returns false",
                        Guest.configured("(i32.const 0)"),
                        "",
                        new Expected("/plugins/p", "plugin_refused_configuration", "")),
                guest(
                        "on_configure never ends",
                        Guest.configured("(loop $again (br $again)) (i32.const 1)"),
                        "limits: { startTime: 200ms }",
                        new Expected("/plugins/p", "plugin_start_failed", "proxy_on_configure")),
                guest(
                        "call-out never ends",
                        Guest.calling(),
                        "admission: { deadline: 300ms }",
                        new Expected(
                                "/plugins/p", "plugin_callouts_unfinished", "admission.deadline")));
    }

    private Case module(String name, byte[] bytes, String code, String message) throws IOException {
        Path file = Guest.file(directory, name.replace(' ', '-'), bytes);
        return new Case(
                name,
                answering("changed") + Guest.everywhere(file, ""),
                424,
                List.of(new Expected("/modules/m", code, message)));
    }

    private static Case pulled(String name, String host, String message) {
        return new Case(
                name,
                answering("changed")
                        + Guest.everywhere(
                                "{ oci: { ref: \"%s/plugins/guest:1\", plainHttp: true } }"
                                        .formatted(host),
                                ""),
                424,
                List.of(new Expected("/modules/m", "module_pull_failed", message)));
    }

    private Case guest(String name, byte[] bytes, String keys, Expected expected)
            throws IOException {
        Path file = Guest.file(directory, name.replace(' ', '-'), bytes);
        return new Case(
                name,
                answering("changed")
                        + "upstreams: { slow: { endpoints: [\"127.0.0.1:%d\"] } }\n"
                                .formatted(silent.getLocalPort())
                        + Guest.everywhere(file, keys),
                424,
                List.of(expected));
    }

    private List<String> records() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
            return files.filter(Files::isRegularFile).map(Path::toString).sorted().toList();
        }
    }

    private static void alterBlob(Path stored, byte[] bytes) throws IOException {
        try (Stream<Path> files = Files.walk(stored)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                byte[] found = Files.readAllBytes(each);
                if (Digest.of(found).equals(Digest.of(bytes))) {
                    found[found.length - 1] ^= 1;
                    Files.write(each, found);
                }
            }
        }
    }

    static void push(EmbeddedRegistry registry, String name, byte[] bytes) {
        try (var client = new RegistryClient(RegistryOptions.defaults())) {
            client.push(
                    ImageReference.parse("%s/plugins/%s:1".formatted(registry.host(), name)),
                    WasmArtifactContent.of(bytes),
                    Access.anonymous().overPlainHttp());
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
