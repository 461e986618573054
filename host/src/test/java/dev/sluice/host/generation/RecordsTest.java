package dev.sluice.host.generation;

import static dev.sluice.host.admin.RunningGateway.answering;
import static dev.sluice.host.admin.RunningGateway.freePort;
import static dev.sluice.host.admin.RunningGateway.json;
import static dev.sluice.host.admin.RunningGateway.route;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.host.Gateway;
import dev.sluice.host.admin.Guest;
import dev.sluice.host.admin.RunningGateway;
import dev.sluice.oci.Digest;
import dev.sluice.registry.EmbeddedRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// What a gateway knows again when it is started again.
class RecordsTest {
    @TempDir Path directory;

    @Test
    void startsAgainWithoutTheRegistry() throws InterruptedException, IOException {
        var registry =
                EmbeddedRegistry.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        RefusedApplyTest.push(registry, "guest", Guest.passing());
        String file =
                answering("with a plugin")
                        + Guest.everywhere(
                                "{ oci: { ref: \"%s/plugins/guest:1\", plainHttp: true } }"
                                        .formatted(registry.host()),
                                "");
        long generation;
        try (var first = start(file)) {
            generation = first.generation();
        }
        registry.close();

        try (var again = start(file)) {
            assertThat(again.served()).isEqualTo("with a plugin");
            assertThat(again.generation()).isEqualTo(generation);
            assertThat(state(again)).isEqualTo("live");
        }
    }

    @Test
    void whatTheApiChangedSurvivesWithTheSameFile() throws InterruptedException, IOException {
        try (var first = start(answering("file"))) {
            first.put(answering("api"));
        }

        try (var again = start(answering("file"))) {
            assertThat(again.served()).isEqualTo("api");
        }
    }

    @Test
    void saysThatItsConfigIsNotOnlyTheFile() throws InterruptedException, IOException {
        try (var first = start(answering("file"))) {
            first.put(answering("api"));
        }
        var logger = (Logger) LoggerFactory.getLogger(Gateway.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        logger.addAppender(lines);

        try (var _ = start(answering("file"))) {
            assertThat(lines.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .singleElement(STRING)
                    .startsWith("generation 2 runs again, as it was left by api at ");
        } finally {
            logger.detachAppender(lines);
        }
    }

    @Test
    void aChangedFileIsAppliedOnce() throws InterruptedException, IOException {
        try (var first = start(answering("old file"))) {
            first.put(answering("api"));
        }
        long generation;
        try (var again = start(answering("new file"))) {
            assertThat(again.served()).isEqualTo("new file");
            again.put(answering("api again"));
            generation = again.generation();
        }

        try (var third = start(answering("new file"))) {
            assertThat(third.served()).isEqualTo("api again");
            assertThat(third.generation()).isEqualTo(generation);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "truncated", "config", "modules", "id", "not utf-8"})
    void passesOverADamagedRecord(String damage) throws InterruptedException, IOException {
        Path guest = Guest.file(directory, "guest", Guest.passing());
        try (var first = start(answering("one") + Guest.everywhere(guest, ""))) {
            first.put(answering("two") + Guest.everywhere(guest, ""));
            first.put(answering("three") + Guest.everywhere(guest, ""));
        }
        Path newest = newest();
        Files.write(newest, damaged(Files.readString(newest), damage));
        Path older = newest.resolveSibling("2.json");

        try (var again = start(answering("one") + Guest.everywhere(guest, ""))) {
            assertThat(again.served()).isEqualTo("two");
            assertThat(state(again)).isEqualTo("live");
            again.put(answering("four") + Guest.everywhere(guest, ""));
        }
        assertThat(older).exists();

        try (var third = start(answering("one") + Guest.everywhere(guest, ""))) {
            assertThat(third.served()).isEqualTo("four");
        }
    }

    @Test
    void leftoversOfAnInterruptedWriteMeanNothing() throws InterruptedException, IOException {
        try (var first = start(answering("one"))) {
            first.put(answering("two"));
        }
        Files.writeString(records().resolve("7.tmp"), "{\"id\": 7,");
        Files.writeString(records().resolve("notes.json"), "{}");
        Files.writeString(blobs().resolve("abc.tmp"), "half");

        try (var again = start(answering("one"))) {
            assertThat(again.served()).isEqualTo("two");
            again.put(answering("three"));
            assertThat(records().resolve("7.tmp")).doesNotExist();
            assertThat(blobs().resolve("abc.tmp")).doesNotExist();
        }
    }

    @Test
    void aChangedFileServesWhereTheRecordCannotRunAnyMore()
            throws InterruptedException, IOException {
        int port = freePort();
        String old =
                "listeners: { http: { address: \"127.0.0.1:%d\" } }\n".formatted(port)
                        + route("old");
        start(old).close();

        try (var holder = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                var again = start(answering("new file"))) {
            assertThat(holder.isBound()).isTrue();
            assertThat(again.served()).isEqualTo("new file");
        }
    }

    @Test
    void keepsTheLastTwentyRecords() throws InterruptedException, IOException {
        try (var gateway = start(answering("n0"))) {
            for (int i = 1; i <= 30; i++) {
                gateway.put(answering("n" + i));
            }
        }

        try (Stream<Path> files = Files.list(records())) {
            assertThat(files).hasSize(20);
        }
    }

    @Test
    void refusesASecondGatewayInTheSameDirectory() throws InterruptedException, IOException {
        try (var first = start(answering("one"))) {
            assertThatThrownBy(() -> start(answering("two")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another Sluice process")
                    .hasMessageContaining("settings.dataDir");
            assertThat(first.served()).isEqualTo("one");
        }
        start(answering("one")).close();
    }

    @Test
    void doesNotCompileAgainWhatItKept() throws InterruptedException, IOException {
        Path guest = Guest.file(directory, "guest", Guest.passing());
        String file = answering("ok") + Guest.everywhere(guest, "");
        start(file).close();
        deleteAll(blobs());

        try (var again = start(file)) {
            assertThat(state(again)).isEqualTo("live");
            assertThat(again.served()).isEqualTo("ok");
        }
    }

    @Test
    void compilesAgainWhereKeptCodeIsDamaged() throws InterruptedException, IOException {
        Path guest = Guest.file(directory, "guest", Guest.passing());
        String file = answering("ok") + Guest.everywhere(guest, "");
        start(file).close();
        Path code = code().resolve(Digest.of(Guest.passing()).hex());
        byte[] damaged = Files.readAllBytes(code);
        damaged[damaged.length / 2] ^= 1;
        Files.write(code, damaged);

        try (var again = start(file)) {
            assertThat(state(again)).isEqualTo("live");
            assertThat(again.served()).isEqualTo("ok");
        }
        assertThat(Files.readAllBytes(code)).isNotEqualTo(damaged);
    }

    @Test
    void keepsCodeAsLongAsARecordNamesIt() throws InterruptedException, IOException {
        Path guest = Guest.file(directory, "guest", Guest.passing());
        Path code = code().resolve(Digest.of(Guest.passing()).hex());
        try (var gateway = start(answering("n0"))) {
            gateway.put(answering("with") + Guest.everywhere(guest, ""));
            assertThat(code).exists();

            for (int i = 1; i <= 19; i++) {
                gateway.put(answering("n" + i));
            }
            assertThat(code).exists();

            gateway.put(answering("n20"));
            assertThat(code).doesNotExist();
            assertThat(code().resolve("key")).exists();
        }
    }

    @ParameterizedTest
    @CsvSource({"keep, 503", "close, 503", "bypass, 200"})
    void aLostModuleIsTreatedByOnLoad(String onLoad, int status)
            throws InterruptedException, IOException {
        Path guest = Guest.file(directory, "guest", Guest.passing());
        String file =
                answering("ok")
                        + Guest.everywhere(guest, "failurePolicy: { onLoad: " + onLoad + " }");
        start(file).close();
        deleteAll(blobs());
        deleteAll(code());

        try (var again = start(file)) {
            assertThat(status(again)).isEqualTo(status);
            assertThat(state(again)).isEqualTo("failed");
            assertThat(json(again.get("/v1/status")).at("/plugins/p/message").stringValue())
                    .contains("apply it again");

            assertThat(again.put(file).statusCode()).isEqualTo(200);
            assertThat(status(again)).isEqualTo(200);
            assertThat(state(again)).isEqualTo("live");
        }
    }

    @Test
    void aLostSecretIsTreatedByOnLoad() throws InterruptedException, IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "s3cret");
        Path guest = Guest.file(directory, "guest", Guest.passing());
        String file =
                answering("ok")
                        + Guest.everywhere(
                                guest,
                                "config: { k: { $secret: s } }, failurePolicy: { onLoad: bypass }")
                        + "secrets: { s: { file: \"%s\" } }".formatted(secret);
        start(file).close();
        Files.delete(secret);

        try (var again = start(file)) {
            assertThat(again.served()).isEqualTo("ok");
            assertThat(state(again)).isEqualTo("failed");
        }
    }

    @Test
    void whatFailedAtTheStartIsTriedAgain() throws InterruptedException, IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "s3cret");
        Path guest = Guest.file(directory, "guest", Guest.passing());
        String file =
                answering("ok")
                        + Guest.everywhere(guest, "config: { k: { $secret: s } }")
                        + "secrets: { s: { file: \"%s\" } }".formatted(secret);
        start(file).close();
        Files.delete(secret);
        Files.delete(guest);

        try (var again = start(file)) {
            assertThat(status(again)).isEqualTo(503);
            Files.writeString(secret, "s3cret");

            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!state(again).equals("live")) {
                assertThat(System.nanoTime()).isLessThan(deadline);
            }
            assertThat(status(again)).isEqualTo(200);
            assertThat(Files.readString(newest())).contains("\"recovery\"");
        }
    }

    @Test
    void secretsAreOnNoRecordAndInNoAnswer() throws InterruptedException, IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "s3cret");
        Path guest = Guest.file(directory, "guest", Guest.passing());
        String file =
                answering("ok")
                        + Guest.everywhere(guest, "config: { k: { $secret: s } }")
                        + "secrets: { s: { file: \"%s\" } }".formatted(secret);

        try (var gateway = start(file)) {
            assertThat(Files.readString(newest())).contains("$secret").doesNotContain("s3cret");
            assertThat(gateway.get("/v1/config").body()).doesNotContain("s3cret");
            assertThat(gateway.get("/v1/status").body()).doesNotContain("s3cret");
        }
    }

    @Test
    void aBadChangedFileStartsNothingAndHarmsNoRecord() throws InterruptedException, IOException {
        try (var first = start(answering("one"))) {
            first.put(answering("api"));
        }

        assertThatThrownBy(() ->
                        start(answering("bad") + Guest.everywhere(Path.of("/no/such.wasm"), "")))
                .isInstanceOf(ApplyException.class)
                .hasMessageContaining("/no/such.wasm");

        try (var again = start(answering("one"))) {
            assertThat(again.served()).isEqualTo("api");
        }
    }

    private RunningGateway start(String resources) throws IOException {
        return RunningGateway.start(directory.resolve("data"), resources);
    }

    private static byte[] damaged(String record, String how) {
        String text =
                switch (how) {
                    case "truncated" -> record.substring(0, record.length() / 2);
                    case "config" -> record.replace("three", "thrEe");
                    case "modules" ->
                            record.replaceFirst("sha256:[0-9a-f]{64}", "sha256:" + "0".repeat(64));
                    case "id" -> record.replaceFirst("\"id\":3", "\"id\":4");
                    default -> how;
                };
        assertThat(text).isNotEqualTo(record);
        return how.equals("not utf-8") ? new byte[] {(byte) 0xff, 0} : text.getBytes(UTF_8);
    }

    private Path records() {
        return directory.resolve("data").resolve("generations");
    }

    private Path blobs() {
        return directory.resolve("data").resolve("blobs").resolve("sha256");
    }

    private Path code() {
        return directory.resolve("data").resolve("code");
    }

    private Path newest() throws IOException {
        try (Stream<Path> files = Files.list(records())) {
            return files.max(
                            Comparator.comparingInt(each ->
                                    Integer.parseInt(
                                            each.getFileName().toString().replace(".json", ""))))
                    .orElseThrow();
        }
    }

    private static void deleteAll(Path inside) throws IOException {
        try (Stream<Path> files = Files.list(inside)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
    }

    private static String state(RunningGateway gateway) throws InterruptedException, IOException {
        return json(gateway.get("/v1/status")).at("/plugins/p/state").stringValue();
    }

    private static int status(RunningGateway gateway) throws InterruptedException, IOException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var listener = gateway.listener();
            return client.send(
                            RunningGateway.request("http://127.0.0.1:" + listener.getPort() + "/")
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
