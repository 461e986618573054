package dev.sluice.conformance.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A gateway in a process of its own, and a client of it.
final class Child implements AutoCloseable {
    private static final Pattern ADMIN = Pattern.compile("config API (http://\\S+)");
    private static final Pattern LISTENER = Pattern.compile("listener http: (http://\\S+)");
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Process process;
    private final BufferedReader err;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String admin;
    private final String listener;

    private Child(Process process) throws IOException {
        this.process = process;
        err = process.errorReader(UTF_8);
        admin = find(ADMIN);
        listener = find(LISTENER);
        Thread.ofVirtual().name("child-output").start(this::drain);
    }

    /// Starts a program that prints where it serves; returns once it does.
    ///
    /// @param prefix what runs it, such as a tracer
    static Child start(List<String> prefix, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xss1m",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName()));
        command.addAll(List.of(arguments));
        return new Child(
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    /// Replaces its config.
    HttpResponse<String> put(String yaml) throws IOException, InterruptedException {
        return client.send(
                request(admin + "/v1/config")
                        .header("content-type", "application/yaml")
                        .PUT(BodyPublishers.ofString(yaml))
                        .build(),
                BodyHandlers.ofString());
    }

    /// The config that it says runs.
    String config() throws IOException, InterruptedException {
        return body(admin + "/v1/config");
    }

    /// The body that a client gets.
    String served(String path) throws IOException, InterruptedException {
        return body(listener + path);
    }

    private String body(String url) throws IOException, InterruptedException {
        return client.send(request(url).build(), BodyHandlers.ofString()).body();
    }

    /// Ends it as by `kill -9`.
    void kill() {
        process.destroyForcibly();
    }

    /// Waits for its end.
    ///
    /// @return its exit code
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(LONGEST)) {
            throw new AssertionError("the process still runs");
        }
        return process.exitValue();
    }

    /// Closes its input, which ends a [CrashingGateway], and waits for that.
    void hangUp() throws IOException, InterruptedException {
        process.getOutputStream().close();
        awaitEnd();
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

    /// It must never wait for somebody to read what it says.
    private void drain() {
        try {
            err.transferTo(Writer.nullWriter());
        } catch (IOException _) {
            // it has ended
        }
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(LONGEST);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        client.shutdownNow();
    }
}
