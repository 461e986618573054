package dev.sluice.host.cli;

import dev.sluice.host.config.ConfigDocument;
import dev.sluice.host.config.ConfigFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `sluice apply` and `sluice get`, over a gateway's config API.
final class ConfigVerbs {
    private static final String DEFAULT_ADMIN = "http://127.0.0.1:8900";
    private static final int ATTEMPTS = 5;
    private static final JsonMapper JSON = JsonMapper.shared();

    private ConfigVerbs() {}

    static int get(List<String> given, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        var arguments = new Arguments(given, Set.of(), Set.of("--admin"), 0);
        try (HttpClient client = client()) {
            HttpResponse<String> answer = send(client, request(arguments, "").GET().build());
            JsonNode config = checked(answer);
            out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config));
            return 0;
        }
    }

    /// Reads, changes and writes back, until nobody else has written in between.
    static int apply(List<String> given, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        var arguments =
                new Arguments(given, Set.of("--replace"), Set.of("-f", "--admin", "--dry-run"), 0);
        ConfigDocument file = ConfigFiles.read(Path.of(arguments.required("-f")));
        String mode = arguments.option("--dry-run");
        if (mode != null && !mode.equals("plan") && !mode.equals("full")) {
            throw new UsageException("--dry-run is plan or full");
        }
        try (HttpClient client = client()) {
            for (int attempt = 1; ; attempt++) {
                HttpResponse<String> before = send(client, request(arguments, "").GET().build());
                checked(before);
                ConfigDocument wanted =
                        arguments.has("--replace")
                                ? file
                                : ConfigDocument.read(
                                                before.body().getBytes(StandardCharsets.UTF_8),
                                                ConfigFormat.JSON)
                                        .upsertAll(file);
                HttpRequest.Builder put =
                        request(arguments, mode == null ? "" : "?dryRun=" + mode)
                                .header("content-type", "application/json")
                                .PUT(BodyPublishers.ofString(wanted.canonicalJson()));
                before.headers().firstValue("etag").ifPresent(tag -> put.header("if-match", tag));
                HttpResponse<String> answer = send(client, put.build());
                if (answer.statusCode() == 412 && attempt < ATTEMPTS) {
                    continue;
                }
                report(out, checked(answer));
                return 0;
            }
        }
    }

    private static void report(PrintStream out, JsonNode applied) {
        JsonNode changes = applied.required("changes");
        print(out, "+", changes.required("added"));
        print(out, "~", changes.required("changed"));
        print(out, "-", changes.required("removed"));
        applied.required("warnings").forEach(each -> out.println("warning: " + each.stringValue()));
        out.printf(
                applied.required("dryRun").booleanValue()
                        ? "nothing was changed (dry run); generation %d is live%n"
                        : "generation %d is live%n",
                applied.required("generation").longValue());
    }

    private static void print(PrintStream out, String sign, JsonNode resources) {
        resources.forEach(each -> out.printf("%s %s%n", sign, each.stringValue()));
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    }

    private static HttpRequest.Builder request(Arguments arguments, String query) {
        String given = arguments.option("--admin");
        String admin = given == null ? DEFAULT_ADMIN : given.replaceFirst("/+\\z", "");
        try {
            return HttpRequest.newBuilder(URI.create(admin + "/v1/config" + query))
                    .timeout(Duration.ofMinutes(2));
        } catch (IllegalArgumentException _) {
            throw new UsageException(
                    "--admin %s is no URL such as %s".formatted(admin, DEFAULT_ADMIN));
        }
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (ConnectException _) {
            throw new FailedException(
                    "no gateway answers at %s (is it running? --admin URL names another)"
                            .formatted(request.uri().resolve("/")));
        }
    }

    private static JsonNode checked(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new FailedException(refusal(answer));
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException _) {
            throw new FailedException(
                    "there is no config API at %s (--admin URL names another)"
                            .formatted(answer.uri().resolve("/")));
        }
    }

    private static String refusal(HttpResponse<String> answer) {
        var text = new StringBuilder("the gateway refused (%d):".formatted(answer.statusCode()));
        try {
            for (JsonNode error : JSON.readTree(answer.body()).required("errors")) {
                String pointer = error.required("pointer").stringValue();
                text.append("\n  ")
                        .append(pointer.isEmpty() ? "config" : pointer)
                        .append(": ")
                        .append(error.required("message").stringValue());
            }
        } catch (JacksonException _) {
            text.append(' ').append(answer.body());
        }
        return text.toString();
    }
}
