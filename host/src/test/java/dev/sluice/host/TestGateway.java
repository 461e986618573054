package dev.sluice.host;

import dev.sluice.host.config.ConfigDocument;
import dev.sluice.host.config.ConfigFormat;
import dev.sluice.host.loop.Loops;
import dev.sluice.host.testing.Answer;
import dev.sluice.host.testing.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A gateway in this process with one listener, and clients of it and of its config API.
public final class TestGateway implements AutoCloseable {
    private final Gateway gateway;
    private final Client traffic;
    private final Client admin;

    private TestGateway(Gateway gateway) {
        this.gateway = gateway;
        traffic = new Client(gateway.address("http"));
        admin = new Client(gateway.adminAddress());
    }

    /// Starts one on two loops.
    ///
    /// @param resources YAML beside `settings` and `listeners`
    public static TestGateway start(Path data, String resources) {
        return start(data, 2, resources);
    }

    /// Starts one.
    static TestGateway start(Path data, int loops, String resources) {
        return start(data, loops, "", resources);
    }

    /// Starts one with more settings.
    static TestGateway start(Path data, int loops, String settings, String resources) {
        String yaml =
                """
                settings:
                  admin: { address: "127.0.0.1:0" }
                  dataDir: "%s"
                  accessLog: { path: "off" }
                  loops: %d
                  %s
                listeners:
                  http: { address: "127.0.0.1:0", protocols: [h1], limits: { requestsPerConnection: 1000000 } }
                %s
                """
                        .formatted(data, loops, settings, resources);
        var document =
                ConfigDocument.read(yaml.getBytes(StandardCharsets.UTF_8), ConfigFormat.YAML);
        try {
            return new TestGateway(Gateway.start(new Gateway.Start(document, "file")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The client of its listener.
    public Client traffic() {
        return traffic;
    }

    /// The client of its config API.
    public Client admin() {
        return admin;
    }

    /// Merges YAML into the config that runs.
    public Answer patch(String yaml) {
        return admin.send("PATCH", "/v1/config", yaml, "content-type", "application/yaml");
    }

    /// [#patch], which must succeed.
    public void apply(String yaml) {
        Answer answer = patch(yaml);
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + " " + answer.body());
        }
    }

    /// Id of the generation that runs.
    public long generation() {
        return gateway.publisher().live().generation().id();
    }

    /// A number from `/metrics`, by its name without labels.
    public double metric(String name) {
        return admin.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    /// The gateway itself.
    public Gateway gateway() {
        return gateway;
    }

    Loops loops() {
        return gateway.loops();
    }

    @Override
    public void close() {
        traffic.close();
        admin.close();
        gateway.close();
    }
}
