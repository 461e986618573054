package dev.sluice.host.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.host.TestGateway;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of an upstream's connections when a change of the config names it.
class UpstreamChangeTest {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private RawUpstream upstream;
    private RawUpstream other;
    private TestGateway gateway;
    private Peer client;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        upstream = new RawUpstream(0);
        other = new RawUpstream(0);
        gateway =
                TestGateway.start(
                        directory,
                        "routes: { all: { upstream: backend } }\n" + backend("1s", upstream));
        client = Peer.connect(gateway.gateway().address("http"));
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        gateway.close();
        upstream.close();
        other.close();
    }

    @Test
    void connectionsToAnEndpointThatStaysAreKept() throws IOException {
        Peer connection = firstExchange();
        for (int i = 2; i < 5; i++) {
            gateway.apply(backend(i + "s", upstream));
            exchange(connection);
        }
    }

    @Test
    void aConnectionThatIsBusyDuringAChangeIsKept() throws IOException {
        Peer connection = asked();
        gateway.apply(backend("2s", upstream));
        answer(connection);
        exchange(connection);
    }

    @Test
    void idleConnectionsToAnEndpointThatLeavesAreClosed() throws IOException {
        Peer connection = firstExchange();
        gateway.apply(backend("2s", upstream));
        gateway.apply(backend("2s", other));
        assertThat(connection.readAll()).isEmpty();
        client.send(GET);
        Peer next = other.accept();
        next.readHead();
        answer(next);
    }

    @Test
    void aBusyConnectionToAnEndpointThatLeavesIsClosedWhenItIsDone() throws IOException {
        Peer connection = asked();
        gateway.apply(backend("2s", other));
        answer(connection);
        assertThat(connection.readAll()).isEmpty();
    }

    @Test
    void aChangeThatIsTriedOrRefusedTakesNoConnection() throws IOException {
        Peer connection = firstExchange();
        assertThat(
                        gateway.admin()
                                .send(
                                        "PATCH",
                                        "/v1/config?dryRun=full",
                                        backend("2s", upstream),
                                        "content-type",
                                        "application/yaml")
                                .status())
                .isEqualTo(200);
        assertThat(gateway.patch(backend("3s", upstream) + missingModule()).status())
                .isEqualTo(424);
        exchange(connection);
        gateway.apply(backend("4s", other));
        assertThat(connection.readAll()).isEmpty();
    }

    private static String backend(String connectTimeout, RawUpstream at) {
        return "upstreams: { backend: { endpoints: [\"127.0.0.1:%d\"], connectTimeout: %s } }\n"
                .formatted(at.port(), connectTimeout);
    }

    private static String missingModule() {
        return """
        modules: { m: { source: { file: { path: /nowhere.wasm } } } }
        plugins: { p: { module: m } }
        bindings: { b: { plugin: p, target: { global: true } } }
        """;
    }

    /// A new connection that has received a request.
    private Peer asked() throws IOException {
        client.send(GET);
        Peer connection = upstream.accept();
        connection.readHead();
        return connection;
    }

    private Peer firstExchange() throws IOException {
        Peer connection = asked();
        answer(connection);
        return connection;
    }

    private void exchange(Peer connection) throws IOException {
        client.send(GET);
        connection.readHead();
        answer(connection);
    }

    private void answer(Peer connection) throws IOException {
        connection.send(OK);
        assertThat(client.readMessage()).endsWith("ok");
    }
}
