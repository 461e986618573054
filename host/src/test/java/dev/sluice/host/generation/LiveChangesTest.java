package dev.sluice.host.generation;

import static dev.sluice.host.admin.RunningGateway.LISTENER;
import static dev.sluice.host.admin.RunningGateway.answering;
import static dev.sluice.host.admin.RunningGateway.json;
import static dev.sluice.host.admin.RunningGateway.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.host.admin.Guest;
import dev.sluice.host.admin.RunningGateway;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What changes while it runs, and what is left of what does not.
class LiveChangesTest {
    @TempDir Path directory;
    private RunningGateway gateway;

    @BeforeEach
    void start() throws InterruptedException, IOException {
        gateway = RunningGateway.start(directory.resolve("data"), answering("first"));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void aListenerComesAndGoes() throws InterruptedException, IOException {
        int port = freePort();
        String second = listeners("second: { address: \"127.0.0.1:%d\" }".formatted(port));

        assertThat(gateway.put(second + route("both")).statusCode()).isEqualTo(200);
        assertThat(body(port)).isEqualTo("both");

        assertThat(gateway.put(answering("one")).statusCode()).isEqualTo(200);
        assertThat(gateway.served()).isEqualTo("one");
        assertThatThrownBy(() -> new Socket("127.0.0.1", port))
                .isInstanceOf(ConnectException.class);
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }

    @Test
    void aListenerThatIsRenamedStaysOpen() throws InterruptedException, IOException {
        int port = gateway.listener().getPort();
        try (HttpClient kept = HttpClient.newHttpClient()) {
            send(kept, port);

            gateway.put("listeners: { web: { address: \"127.0.0.1:0\" } }\n" + route("renamed"));

            assertThat(send(kept, port)).isEqualTo("renamed");
        }
        assertThat(gateway.metric("sluice_connections_total")).isEqualTo(1);
        assertThat(json(gateway.get("/v1/status")).at("/listeners/web").stringValue())
                .isEqualTo("127.0.0.1:" + port);
    }

    @Test
    void limitsChangeForConnectionsToCome() throws InterruptedException, IOException {
        String tight =
                "listeners: { http: { address: \"127.0.0.1:0\", limits: { requestLine: 64B } } }\n";

        assertThat(status("/" + "x".repeat(200))).isEqualTo(200);
        gateway.put(tight + route("first"));

        assertThat(status("/" + "x".repeat(200))).isEqualTo(414);
    }

    @Test
    void aRefusedApplyClosesThePortsItHadOpened() throws InterruptedException, IOException {
        int port = freePort();
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String both =
                    listeners(
                            "a: { address: \"127.0.0.1:%d\" }, b: { address: \"127.0.0.1:%d\" }"
                                    .formatted(port, taken.getLocalPort()));

            assertThat(gateway.put(both + route("changed")).statusCode()).isEqualTo(503);
        }

        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        assertThat(gateway.served()).isEqualTo("first");
    }

    @Test
    void aPlanRunsNoGuestAndPullsNothing() throws InterruptedException, IOException {
        Path trap = Guest.file(directory, "trap", Guest.configured("(unreachable)"));
        long generation = gateway.generation();

        var file = gateway.put("?dryRun=plan", answering("x") + Guest.everywhere(trap, ""));
        var pulled =
                gateway.put(
                        "?dryRun=plan",
                        answering("x")
                                + Guest.everywhere(
                                        "{ oci: { ref: \"127.0.0.1:1/a:1\", plainHttp: true } }",
                                        ""));

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(pulled.statusCode()).isEqualTo(200);
        assertThat(json(file).path("dryRun").booleanValue()).isTrue();
        assertThat(json(file).at("/changes/added").toString())
                .isEqualTo("[\"bindings/b\",\"modules/m\",\"plugins/p\"]");
        assertThat(gateway.generation()).isEqualTo(generation);
        assertThat(gateway.served()).isEqualTo("first");
    }

    @Test
    void aFullDryRunLeavesNothing() throws InterruptedException, IOException {
        int port = freePort();
        Path guest = Guest.file(directory, "guest", Guest.passing());
        String wanted =
                listeners("second: { address: \"127.0.0.1:%d\" }".formatted(port))
                        + route("wanted")
                        + Guest.everywhere(guest, "");
        long generation = gateway.generation();
        String tag = tag();

        var answer = gateway.put("?dryRun=full", wanted);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).path("dryRun").booleanValue()).isTrue();
        assertThat(json(answer).path("generation").longValue()).isEqualTo(generation);
        assertThat(answer.headers().firstValue("etag")).isEmpty();
        assertThat(gateway.generation()).isEqualTo(generation);
        assertThat(tag()).isEqualTo(tag);
        assertThat(gateway.metric("sluice_guest_vms")).isZero();
        assertThat(gateway.metric("sluice_guest_memory_bytes")).isZero();
        assertThat(blobs()).isZero();
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        assertThat(gateway.put(wanted).statusCode()).isEqualTo(200);
        assertThat(gateway.served()).isEqualTo("wanted");
    }

    @Test
    void aPluginsMachinesEndWithIt()
            throws InterruptedException, ExecutionException, TimeoutException, IOException {
        Path guest = Guest.file(directory, "guest", Guest.passing());

        gateway.put(answering("with") + Guest.everywhere(guest, ""));
        assertThat(gateway.metric("sluice_guest_vms")).isEqualTo(3);
        var status = json(gateway.get("/v1/status"));
        assertThat(status.at("/plugins/p/state").stringValue()).isEqualTo("live");
        assertThat(status.at("/modules/m/moduleDigest").stringValue()).startsWith("sha256:");

        var bundle = gateway.gateway().publisher().live().bundles().values().iterator().next();
        gateway.put(answering("without"));
        bundle.closed().get(10, TimeUnit.SECONDS);
        assertThat(gateway.metric("sluice_guest_vms")).isZero();
    }

    @Test
    void aModuleFileIsReadOnEveryApply() throws InterruptedException, IOException {
        Path guest = Guest.file(directory, "guest", Guest.passing());
        String config = answering("with") + Guest.everywhere(guest, "");
        gateway.put(config);
        String before = digest();
        long generation = gateway.generation();
        assertThat(json(gateway.put(config)).path("generation").longValue()).isEqualTo(generation);

        Files.write(guest, Guest.configured("(i32.const 1)"));
        var answer = gateway.put(config);

        assertThat(digest()).isNotEqualTo(before);
        assertThat(json(answer).path("generation").longValue()).isEqualTo(generation + 1);

        Files.write(guest, Guest.configured("(i32.const 0)"));
        assertThat(gateway.put(config).statusCode()).isEqualTo(424);
        assertThat(gateway.generation()).isEqualTo(generation + 1);
    }

    @Test
    void aPluginThatIsNotBoundHasNoMachine() throws InterruptedException, IOException {
        Path guest = Guest.file(directory, "guest", Guest.passing());
        String unbound =
                """
                modules: { m: { source: { file: { path: "%s" } } } }
                plugins: { p: { module: m } }
                """
                        .formatted(guest);

        assertThat(gateway.put(LISTENER + route("a") + unbound).statusCode()).isEqualTo(200);

        assertThat(json(gateway.get("/v1/status")).at("/plugins/p/state").stringValue())
                .isEqualTo("unbound");
        assertThat(gateway.metric("sluice_guest_vms")).isZero();
        assertThat(gateway.served()).isEqualTo("a");
    }

    private String digest() throws InterruptedException, IOException {
        return json(gateway.get("/v1/status")).at("/modules/m/moduleDigest").stringValue();
    }

    private String tag() throws InterruptedException, IOException {
        return gateway.get("/v1/config").headers().firstValue("etag").orElseThrow();
    }

    private long blobs() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("data").resolve("blobs"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private static String listeners(String more) {
        return "listeners: { http: { address: \"127.0.0.1:0\" }, %s }\n".formatted(more);
    }

    private int status(String path) throws InterruptedException, IOException {
        try (HttpClient fresh = HttpClient.newHttpClient()) {
            return fresh.send(
                            RunningGateway.request(url(gateway.listener().getPort()) + path)
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static String body(int port) throws InterruptedException, IOException {
        try (HttpClient fresh = HttpClient.newHttpClient()) {
            return send(fresh, port);
        }
    }

    private static String send(HttpClient client, int port)
            throws InterruptedException, IOException {
        return client.send(RunningGateway.request(url(port) + "/").build(), BodyHandlers.ofString())
                .body();
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
