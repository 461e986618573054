package dev.sluice.host.admin;

import static dev.sluice.host.admin.RunningGateway.answering;
import static dev.sluice.host.admin.RunningGateway.json;
import static dev.sluice.host.admin.RunningGateway.route;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ConfigApiTest {
    @TempDir Path data;
    private RunningGateway gateway;

    @BeforeEach
    void start() throws InterruptedException, IOException {
        gateway = RunningGateway.start(data, answering("first"));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void readsWhatRunsWithItsHashAsETag() throws InterruptedException, IOException {
        HttpResponse<String> answer = gateway.get("/v1/config");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.headers().firstValue("etag"))
                .contains(
                        '"'
                                + RunningGateway.yaml(gateway.settings() + answering("first"))
                                        .hash()
                                + '"');
        assertThat(json(answer).at("/routes/all/respond/body").stringValue()).isEqualTo("first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "*"})
    void answers304WhileTheReaderHasIt(String form) throws InterruptedException, IOException {
        String tag = form.formatted(etag());

        HttpResponse<String> answer = gateway.send(gateway.config("").header("if-none-match", tag));

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("etag")).contains(etag());
    }

    @Test
    void answers200OnceTheReaderHasAnother() throws InterruptedException, IOException {
        String tag = etag();
        gateway.put(answering("second"));

        assertThat(gateway.send(gateway.config("").header("if-none-match", tag)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void headAnswersTheHeadOfGet() throws InterruptedException, IOException {
        HttpResponse<String> answer =
                gateway.send(gateway.config("").method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("etag")).contains(etag());
        assertThat(answer.headers().firstValueAsLong("content-length"))
                .hasValue(gateway.get("/v1/config").body().length());
    }

    @Test
    void putIsLiveOnTheNextRequestOfAnyConnection() throws InterruptedException, IOException {
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> answer = gateway.put(answering("n" + i));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(gateway.served()).isEqualTo("n" + i);
            assertThat(json(answer).path("generation").longValue()).isEqualTo(gateway.generation());
            assertThat(answer.headers().firstValue("etag")).contains(etag());
        }
    }

    @Test
    void reportsWhatChanged() throws InterruptedException, IOException {
        var changes =
                json(gateway.put(
                                RunningGateway.LISTENER
                                        + "routes: { new: { respond: { status: 204 } } }\n"
                                        + "domains: { d: { hosts: [a.example] } }\n"))
                        .path("changes");

        assertThat(changes.toString())
                .isEqualTo(
                        "{\"added\":[\"domains/d\",\"routes/new\"],\"changed\":[],"
                                + "\"removed\":[\"routes/all\"]}");
    }

    @Test
    void patchMergesAndRemoves() throws InterruptedException, IOException {
        HttpResponse<String> answer =
                gateway.patch(
                        """
                        {"routes": {"all": {"respond": {"body": "patched"}},
                                    "gone": {"match": {"path": {"exact": "/gone"}},
                                             "respond": {"status": 410}}}}
                        """);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(gateway.served()).isEqualTo("patched");

        assertThat(gateway.patch("{\"routes\": {\"gone\": null}}").statusCode()).isEqualTo(200);
        assertThat(json(gateway.get("/v1/config")).at("/routes").propertyNames())
                .containsExactly("all");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, '{\"routes\": {\"all\": {\"respond\": {\"body\": \"x\"}}}}'",
        "application/merge-patch+json, '{\"routes\": {\"all\": {\"respond\": {\"body\": \"x\"}}}}'",
        "application/json; charset=utf-8, '{\"routes\": {\"all\": {\"respond\": {\"body\": \"x\"}}}}'",
        "application/yaml, 'routes: { all: { respond: { body: x } } }'",
        "application/x-www-form-urlencoded, '{\"routes\": {\"all\": {\"respond\": {\"body\": \"x\"}}}}'"
    })
    void takesJsonAndYaml(String type, String body) throws InterruptedException, IOException {
        HttpResponse<String> answer =
                gateway.send(
                        gateway.config("")
                                .header("content-type", type)
                                .method("PATCH", BodyPublishers.ofString(body)));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(gateway.served()).isEqualTo("x");
    }

    @Test
    void theSameConfigMakesNoNewGeneration() throws InterruptedException, IOException {
        long before = gateway.generation();

        HttpResponse<String> answer = gateway.put(answering("first"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("generation").longValue()).isEqualTo(before);
        assertThat(gateway.generation()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "*"})
    void writesWhileTheWriterHasSeenWhatRuns(String form) throws InterruptedException, IOException {
        var put =
                gateway.config("")
                        .header("content-type", "application/yaml")
                        .header("if-match", form.formatted(etag()))
                        .PUT(BodyPublishers.ofString(gateway.settings() + answering("seen")));

        assertThat(gateway.send(put).statusCode()).isEqualTo(200);
        assertThat(gateway.served()).isEqualTo("seen");
    }

    @Test
    void refusesAWriterThatHasSeenAnother() throws InterruptedException, IOException {
        String old = etag();
        gateway.put(answering("second"));

        HttpResponse<String> answer =
                gateway.send(
                        gateway.config("")
                                .header("content-type", "application/yaml")
                                .header("if-match", old)
                                .PUT(
                                        BodyPublishers.ofString(
                                                gateway.settings() + answering("third"))));

        assertThat(answer.statusCode()).isEqualTo(412);
        var error = json(answer).at("/errors/0");
        assertThat(error.path("code").stringValue()).isEqualTo("config_changed");
        assertThat(error.path("message").stringValue())
                .contains("get it again")
                .contains("repeat your change")
                .contains(etag());
        assertThat(gateway.served()).isEqualTo("second");
    }

    @Test
    void concurrentWritersWithIfMatchLoseNoUpdate()
            throws InterruptedException, ExecutionException, IOException {
        int writers = 4;
        int updates = 10;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ends =
                    threads.invokeAll(
                            IntStream.range(0, writers)
                                    .<Callable<Integer>>mapToObj(
                                            i -> () -> writeAll("w" + i, updates))
                                    .toList());
            for (Future<Integer> each : ends) {
                assertThat(each.get()).isEqualTo(updates);
            }
        }

        assertThat(json(gateway.get("/v1/config")).path("domains").size())
                .isEqualTo(writers * updates);
    }

    /// Adds domains one by one, each by reading the whole and writing it back.
    private int writeAll(String writer, int updates) throws InterruptedException, IOException {
        int done = 0;
        while (done < updates) {
            HttpResponse<String> before = gateway.get("/v1/config");
            var wanted = (ObjectNode) json(before);
            String name = writer + "-" + done;
            wanted.withObject("/domains").putObject(name).putArray("hosts").add(name + ".example");
            HttpResponse<String> answer =
                    gateway.send(
                            gateway.config("")
                                    .header("content-type", "application/json")
                                    .header("if-match", before.headers().firstValue("etag").get())
                                    .PUT(BodyPublishers.ofString(wanted.toString())));
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 412);
            done += answer.statusCode() == 200 ? 1 : 0;
        }
        return done;
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/nothing, 404, not_found",
        "GET, /, 404, not_found",
        "DELETE, /v1/config, 405, method_not_allowed",
        "POST, /v1/config, 405, method_not_allowed",
        "POST, /v1/status, 405, method_not_allowed",
        "PUT, /metrics, 405, method_not_allowed",
        "PUT, /v1/config?dryRun=yes, 400, bad_parameter",
        "PUT, /v1/config?dryRun=, 400, bad_parameter",
        "PUT, /v1/config?dryRun, 400, bad_parameter",
        "PUT, /v1/config?dryRun=plan&dryRun=, 400, bad_parameter",
        "PUT, /v1/config?dry=full, 400, bad_parameter"
    })
    void saysWhatItDoesNotHave(String method, String path, int status, String code)
            throws InterruptedException, IOException {
        HttpResponse<String> answer =
                gateway.send(
                        RunningGateway.request(gateway.admin() + path)
                                .header("content-type", "application/json")
                                .method(method, BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).at("/errors/0/code").stringValue()).isEqualTo(code);
        assertThat(json(answer).at("/errors/0/message").stringValue()).isNotBlank();
        assertThat(answer.headers().firstValue("allow").isPresent()).isEqualTo(status == 405);
        assertThat(gateway.served()).isEqualTo("first");
    }

    @Test
    void refusesOtherMediaTypes() throws InterruptedException, IOException {
        HttpResponse<String> answer =
                gateway.send(
                        gateway.config("")
                                .header("content-type", "application/xml")
                                .PUT(BodyPublishers.ofString("<routes/>")));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(json(answer).at("/errors/0/message").stringValue())
                .contains("application/xml")
                .contains("application/json");
    }

    @Test
    void refusesABodyThatIsTooLarge() throws InterruptedException, IOException {
        HttpResponse<String> answer =
                gateway.send(
                        gateway.config("")
                                .header("content-type", "application/json")
                                .PUT(BodyPublishers.ofString(" ".repeat((4 << 20) + 1))));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).at("/errors/0/code").stringValue()).isEqualTo("too_large");
    }

    @Test
    void tellsAllErrorsAtOnceWithPointerCodeAndMessage() throws InterruptedException, IOException {
        HttpResponse<String> answer =
                gateway.put(
                        RunningGateway.LISTENER
                                + """
                                routes:
                                  a: { upstraem: api }
                                  b: { upstream: nowhere }
                                upstreams: { u: { endpoints: ["127.0.0.1:1"], connectTimeout: 5 } }
                                """);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).path("errors"))
                .extracting(each ->
                        each.path("pointer").stringValue() + " " + each.path("code").stringValue())
                .contains(
                        "/routes/a/upstraem unknown_key",
                        "/routes/b/upstream unknown_reference",
                        "/upstreams/u/connectTimeout wrong_type");
        assertThat(json(answer).path("errors"))
                .allSatisfy(each -> {
                    assertThat(each.path("message").stringValue()).isNotBlank();
                    assertThat(each.path("line").intValue()).isPositive();
                });
        assertThat(gateway.served()).isEqualTo("first");
    }

    @Test
    void aChangedSettingSaysThatItNeedsARestart() throws InterruptedException, IOException {
        HttpResponse<String> answer = gateway.patch("{\"settings\": {\"loops\": 3}}");

        assertThat(json(answer).at("/warnings/0").stringValue()).contains("started again");
    }

    @Test
    void showsStatusHealthAndReadiness() throws InterruptedException, IOException {
        var status = json(gateway.get("/v1/status"));

        assertThat(status.path("generation").longValue()).isEqualTo(gateway.generation());
        assertThat(status.path("hash").stringValue()).isEqualTo(etag().replace("\"", ""));
        assertThat(status.at("/listeners/http").stringValue())
                .isEqualTo("127.0.0.1:" + gateway.listener().getPort());
        assertThat(gateway.get("/healthz").body()).isEqualTo("ok\n");
        assertThat(gateway.get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void countsRequestsForPrometheus() throws InterruptedException, IOException {
        double before = gateway.metric("sluice_requests_total");
        gateway.served();

        assertThat(gateway.metric("sluice_requests_total")).isEqualTo(before + 1);
        assertThat(gateway.metric("sluice_generation")).isEqualTo((double) gateway.generation());
        assertThat(gateway.get("/metrics").headers().firstValue("content-type").orElseThrow())
                .startsWith("text/plain; version=0.0.4");
        gateway.put(RunningGateway.LISTENER + route("second"));
        assertThat(gateway.metric("sluice_requests_total")).isEqualTo(before + 1);
    }

    private String etag() throws InterruptedException, IOException {
        return gateway.get("/v1/config").headers().firstValue("etag").orElseThrow();
    }
}
