package dev.sluice.conformance.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.host.Experiment;
import dev.sluice.host.Gateway;
import dev.sluice.host.config.ConfigDocument;
import dev.sluice.host.config.ConfigFormat;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A gateway in this process on two loops, with one listener, and a client of its config API.
///
/// Thread: any.
final class Subject implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Gateway gateway;
    private final String head;
    private final HttpClient client = HttpClient.newHttpClient();

    private Subject(Gateway gateway, String head) {
        this.gateway = gateway;
        this.head = head;
    }

    /// Starts one.
    ///
    /// @param resources YAML beside `settings` and `listeners`
    static Subject start(Path data, String resources, Experiment experiment) throws IOException {
        String head = head(data);
        var document = ConfigDocument.read((head + resources).getBytes(UTF_8), ConfigFormat.YAML);
        return new Subject(Gateway.start(new Gateway.Start(document, "file"), experiment), head);
    }

    /// The settings and the listener of every gateway of these rows.
    static String head(Path data) {
        return """
        settings:
          admin: { address: "127.0.0.1:0" }
          dataDir: "%s"
          accessLog: { path: "off" }
          loops: 2
        listeners:
          http: { address: "127.0.0.1:0", limits: { requestsPerConnection: 1000000 } }
        """
                .formatted(data);
    }

    InetSocketAddress address() {
        return gateway.address("http");
    }

    long generation() {
        return gateway.publisher().live().generation().id();
    }

    /// Replaces everything but settings and listener.
    HttpResponse<String> put(String resources) throws IOException, InterruptedException {
        return put(resources, "");
    }

    /// [#put] with another listener, as YAML in flow style.
    HttpResponse<String> put(String resources, String listener)
            throws IOException, InterruptedException {
        return send(
                request("/v1/config")
                        .header("content-type", "application/yaml")
                        .PUT(
                                BodyPublishers.ofString(
                                        "%s  %s%n%s".formatted(head, listener, resources))));
    }

    /// The config that runs.
    String config() throws IOException, InterruptedException {
        return send(request("/v1/config")).body();
    }

    JsonNode status() throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(send(request("/v1/status")).body());
    }

    /// A number of `/metrics` without labels.
    double metric(String name) throws IOException, InterruptedException {
        return send(request("/metrics"))
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private HttpRequest.Builder request(String path) {
        InetSocketAddress admin = gateway.adminAddress();
        return HttpRequest.newBuilder(
                        URI.create(
                                "http://%s:%d%s"
                                        .formatted(
                                                admin.getAddress().getHostAddress(),
                                                admin.getPort(),
                                                path)))
                .timeout(LONGEST);
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.close();
        gateway.close();
    }
}
