package dev.sluice.host.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.host.Gateway;
import dev.sluice.host.config.ConfigDocument;
import dev.sluice.host.config.ConfigFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
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

/// A gateway in this process, and a client of its config API and its listener `http`.
public final class RunningGateway implements AutoCloseable {
    public static final String LISTENER = "listeners: { http: { address: \"127.0.0.1:0\" } }\n";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Gateway gateway;
    private final String settings;
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningGateway(Gateway gateway, String settings) {
        this.gateway = gateway;
        this.settings = settings;
    }

    /// Starts what `resources` say, with settings that suit a test.
    public static RunningGateway start(Path dataDir, String resources) throws IOException {
        String settings = settings(dataDir);
        return new RunningGateway(
                Gateway.start(new Gateway.Start(yaml(settings + resources), "file")), settings);
    }

    /// The settings of each gateway of these tests, as the head of a YAML config.
    public static String settings(Path dataDir) {
        return """
        settings:
          admin: { address: "127.0.0.1:0" }
          dataDir: "%s"
          accessLog: { path: "off" }
          loops: 2
        """
                .formatted(dataDir);
    }

    /// A listener and a route that answers everything with `body`.
    public static String answering(String body) {
        return LISTENER + route(body);
    }

    /// A route that answers everything with `body`.
    public static String route(String body) {
        return "routes: { all: { respond: { status: 200, body: \"%s\" } } }\n".formatted(body);
    }

    public Gateway gateway() {
        return gateway;
    }

    public String admin() {
        return url(gateway.adminAddress());
    }

    public InetSocketAddress listener() {
        return gateway.address("http");
    }

    public long generation() {
        return gateway.publisher().live().generation().id();
    }

    /// What a request to `/` on a new connection is answered.
    public String served() throws IOException, InterruptedException {
        try (HttpClient fresh = HttpClient.newHttpClient()) {
            return fresh.send(request(url(listener()) + "/").build(), BodyHandlers.ofString())
                    .body();
        }
    }

    /// Replaces all resources; the settings stay.
    public HttpResponse<String> put(String resources) throws IOException, InterruptedException {
        return put("", resources);
    }

    public HttpResponse<String> put(String query, String resources)
            throws IOException, InterruptedException {
        return send(
                config(query)
                        .header("content-type", "application/yaml")
                        .PUT(BodyPublishers.ofString(settings + resources)));
    }

    public HttpResponse<String> patch(String json) throws IOException, InterruptedException {
        return send(
                config("")
                        .header("content-type", "application/json")
                        .method("PATCH", BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(admin() + path));
    }

    public HttpRequest.Builder config(String query) {
        return request(admin() + "/v1/config" + query);
    }

    public HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /// A number of `/metrics`; of several with the name, the first.
    public double metric(String name) throws IOException, InterruptedException {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    public String settings() {
        return settings;
    }

    public static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    public static ConfigDocument yaml(String text) {
        return ConfigDocument.read(text.getBytes(UTF_8), ConfigFormat.YAML);
    }

    public static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30));
    }

    /// A port that nobody listens on.
    public static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static String url(InetSocketAddress address) {
        return "http://%s:%d".formatted(address.getAddress().getHostAddress(), address.getPort());
    }

    @Override
    public void close() {
        client.close();
        gateway.close();
    }
}
