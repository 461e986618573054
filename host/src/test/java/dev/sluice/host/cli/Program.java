package dev.sluice.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `sluice run` in a process of its own.
final class Program implements AutoCloseable {
    private static final Pattern ADMIN = Pattern.compile("config API (http://\\S+)");
    private static final Pattern LISTENER = Pattern.compile("listener http: (http://\\S+)");

    private final Process process;
    private final BufferedReader err;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String admin;
    private final String listener;

    private Program(Process process) throws IOException {
        this.process = process;
        err = process.errorReader(UTF_8);
        admin = find(ADMIN);
        listener = find(LISTENER);
    }

    /// Returns once it serves.
    static Program run(Path config) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new Program(
                new ProcessBuilder(
                                List.of(
                                        java,
                                        "-XX:TieredStopAtLevel=1",
                                        "-XX:+UseSerialGC",
                                        "--sun-misc-unsafe-memory-access=allow",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Main.class.getName(),
                                        "run",
                                        "-c",
                                        config.toString()))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    String served(String path) throws IOException, InterruptedException {
        return client.send(request(listener + path).build(), BodyHandlers.ofString()).body();
    }

    /// Sends JSON to be merged into its config; the status and the body of what it answers.
    CompletableFuture<String> patch(String json) {
        return client.sendAsync(
                        request(admin + "/v1/config")
                                .method("PATCH", BodyPublishers.ofString(json))
                                .build(),
                        BodyHandlers.ofString())
                .thenApply(answer -> answer.statusCode() + " " + answer.body());
    }

    String admin() {
        return admin;
    }

    String listener() {
        return listener;
    }

    Process process() {
        return process;
    }

    /// Asks it to end, as by `kill`; it may take its time.
    void terminate() {
        process.toHandle().destroy();
    }

    /// Waits for its end.
    ///
    /// @return what it still said
    String end() throws IOException, InterruptedException {
        String said = String.join("\n", err.lines().toList());
        if (!process.waitFor(Duration.ofSeconds(20))) {
            throw new IOException("it still runs");
        }
        return said;
    }

    private String find(Pattern pattern) throws IOException {
        var said = new StringBuilder();
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
            said.append(line).append('\n');
        }
        throw new IOException("it did not start:\n" + said);
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        client.close();
    }
}
