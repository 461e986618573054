package dev.sluice.host.listener;

import dev.sluice.host.Gateway;
import dev.sluice.host.config.ConfigDocument;
import dev.sluice.host.config.ConfigFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A gateway on one loop with a listener `http`, and one upstream that the test plays.
///
/// One loop, so that which connections are reused is certain.
final class GatewayUnderTest implements AutoCloseable {
    private final RawUpstream upstream;
    private final Gateway gateway;
    private final List<Peer> clients = new ArrayList<>();

    private GatewayUnderTest(RawUpstream upstream, Gateway gateway) {
        this.upstream = upstream;
        this.gateway = gateway;
    }

    /// What a test may choose; the default routes `/` to the upstream.
    static final class Setup {
        private String limits = "{}";
        private String routes = "all: { upstream: backend, timeout: 5s }";
        private String domains = "{}";
        private String accessLog = "off";
        private String backend = "127.0.0.1";
        private int receiveBuffer;

        /// The listener's limits, as YAML.
        Setup limits(String yaml) {
            limits = yaml;
            return this;
        }

        /// The routes, one a line, as YAML.
        Setup routes(String yaml) {
            routes = yaml;
            return this;
        }

        /// The domains, as YAML.
        Setup domains(String yaml) {
            domains = yaml;
            return this;
        }

        /// What the config calls the host of the upstream.
        Setup backend(String host) {
            backend = host;
            return this;
        }

        Setup accessLog(Path file) {
            accessLog = file.toString();
            return this;
        }

        /// How much the upstream takes unread.
        Setup receiveBuffer(int bytes) {
            receiveBuffer = bytes;
            return this;
        }

        GatewayUnderTest start(Path directory) throws IOException {
            var upstream = new RawUpstream(receiveBuffer);
            try {
                return new GatewayUnderTest(upstream, Gateway.start(config(directory, upstream)));
            } catch (IOException | RuntimeException e) {
                upstream.close();
                throw e;
            }
        }

        private Gateway.Start config(Path directory, RawUpstream upstream) {
            String yaml =
                    """
                    settings:
                      admin: { address: "127.0.0.1:0" }
                      dataDir: "%s"
                      accessLog: { path: "%s" }
                      transport: %s
                      loops: 1
                    listeners:
                      http: { address: "127.0.0.1:0", limits: %s }
                    upstreams:
                      backend: { endpoints: ["%s:%d"], connectTimeout: 2s }
                    domains: %s
                    routes:
                    %s
                    """
                            .formatted(
                                    directory,
                                    accessLog,
                                    System.getProperty("sluice.test.transport", "auto"),
                                    limits,
                                    backend,
                                    upstream.port(),
                                    domains,
                                    routes.indent(2));
            byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
            return new Gateway.Start(ConfigDocument.read(bytes, ConfigFormat.YAML), "file");
        }
    }

    static Setup setup() {
        return new Setup();
    }

    static GatewayUnderTest start(Path directory) throws IOException {
        return setup().start(directory);
    }

    /// A connection to the listener.
    Peer client() throws IOException {
        return add(Peer.connect(gateway.address("http")));
    }

    /// A connection that takes little unread.
    Peer narrowClient() throws IOException {
        return add(Peer.connectNarrow(gateway.address("http")));
    }

    RawUpstream upstream() {
        return upstream;
    }

    /// A new connection that sends this and reads to its end.
    String answer(String bytes) throws IOException {
        try (Peer client = Peer.connect(gateway.address("http"))) {
            return client.send(bytes).readAll();
        }
    }

    private Peer add(Peer client) {
        clients.add(client);
        return client;
    }

    @Override
    public void close() throws IOException {
        @Nullable IOException failure = null;
        for (Peer client : clients) {
            try {
                client.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        upstream.close();
        gateway.close();
        if (failure != null) {
            throw failure;
        }
    }
}
