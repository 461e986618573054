package dev.sluice.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.oci.Digest;
import dev.sluice.oci.MediaTypes;
import dev.sluice.registry.testing.Guests;
import dev.sluice.registry.testing.RawPush;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRegistryTest {
    private static final byte[] NOTHING = {};
    private static final byte[] CONTENT = "some content".getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = Digest.of(CONTENT);

    private final Fixture fixture = new Fixture();

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    void blobArrivesInChunks() {
        var begun = send("POST", "blobs/uploads/", NOTHING, 202);
        var patched = send("PATCH", location(begun), "some ".getBytes(StandardCharsets.UTF_8), 202);
        var more =
                send("PATCH", location(patched), "content".getBytes(StandardCharsets.UTF_8), 202);

        var finished = send("PUT", location(more) + "?digest=" + DIGEST, NOTHING, 201);

        assertThat(more.headers().firstValue("Range")).contains("0-11");
        assertThat(finished.headers().firstValue("Docker-Content-Digest")).contains("" + DIGEST);
        assertThat(send("GET", "blobs/" + DIGEST, NOTHING, 200).body()).isEqualTo(CONTENT);
    }

    @Test
    void blobWithAnotherDigestIsRefused() {
        var answer = send("POST", "blobs/uploads/?digest=" + Digest.of(NOTHING), CONTENT, 400);

        assertThat(text(answer)).contains("DIGEST_INVALID", DIGEST.toString());
        send("GET", "blobs/" + DIGEST, NOTHING, 404);
    }

    @Test
    void headTellsLengthWithoutContent() {
        fixture.raw.blob("text/plain", CONTENT);

        var answer = send("HEAD", "blobs/" + DIGEST, NOTHING, 200);

        assertThat(answer.headers().firstValue("Content-Length")).contains("12");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void blobOfOneRepositoryIsNotSeenFromAnotherUntilMounted() {
        fixture.raw.blob("text/plain", CONTENT);
        var other = fixture.own(new RawPush(fixture.registry.host(), "other"));

        other.send("GET", "blobs/" + DIGEST, "text/plain", NOTHING, 404);
        other.send(
                "POST",
                "blobs/uploads/?mount=%s&from=acme/waf".formatted(DIGEST),
                "text/plain",
                NOTHING,
                201);

        other.send("GET", "blobs/" + DIGEST, "text/plain", NOTHING, 200);
    }

    @Test
    void manifestOverMissingBlobsIsRefused() {
        var json = "{\"layers\":[{\"digest\":\"%s\",\"size\":12}]}".formatted(DIGEST);

        var answer =
                fixture.raw.send(
                        "PUT",
                        "manifests/v1",
                        MediaTypes.OCI_MANIFEST,
                        json.getBytes(StandardCharsets.UTF_8),
                        400);

        assertThat(text(answer)).contains("MANIFEST_BLOB_UNKNOWN");
    }

    @Test
    void tagsAreListedInPages() {
        var layer = fixture.raw.blob(MediaTypes.WASM, Guests.module(8));
        for (var tag : List.of("c", "a", "b")) {
            fixture.raw.image(tag, MediaTypes.OCI_MANIFEST, layer);
        }

        var first = send("GET", "tags/list?n=2", NOTHING, 200);
        var second = send("GET", "tags/list?n=2&last=b", NOTHING, 200);

        assertThat(text(first)).isEqualTo("{\"name\":\"acme/waf\",\"tags\":[\"a\",\"b\"]}");
        assertThat(first.headers().firstValue("Link").orElseThrow()).contains("last=b");
        assertThat(text(second)).isEqualTo("{\"name\":\"acme/waf\",\"tags\":[\"c\"]}");
        assertThat(second.headers().firstValue("Link")).isEmpty();
    }

    @Test
    void deletedManifestTakesItsTagsAlong() {
        var layer = fixture.raw.blob(MediaTypes.WASM, Guests.module(8));
        var digest = fixture.raw.image("v1", MediaTypes.OCI_MANIFEST, layer);

        send("DELETE", "manifests/" + digest, NOTHING, 202);

        send("GET", "manifests/v1", NOTHING, 404);
        assertThat(text(send("GET", "tags/list", NOTHING, 200))).contains("\"tags\":[]");
    }

    @Test
    void directoryOutlivesTheRegistry(@TempDir Path directory) throws Exception {
        var module = Guests.module(500);
        Digest pushed;
        try (var first = EmbeddedRegistry.start(Fixture.loopback(), directory)) {
            pushed =
                    fixture.client.push(
                            Fixture.reference(first.host(), "v1"),
                            WasmArtifactContent.of(module),
                            Fixture.ANONYMOUS);
        }

        try (var second = EmbeddedRegistry.start(Fixture.loopback(), directory)) {
            var pulled =
                    fixture.client.pull(Fixture.reference(second.host(), "v1"), Fixture.ANONYMOUS);

            assertThat(pulled.manifestDigest()).isEqualTo(pushed);
            assertThat(pulled.bytes()).isEqualTo(module);
        }
        try (var drafts = Files.list(directory.resolve("incoming"))) {
            assertThat(drafts).isEmpty();
        }
    }

    @Test
    void pathOutsideTheApiIsRefused() {
        send("GET", "/v2/../../etc/passwd", NOTHING, 404);
        send("GET", "/v2/acme/_tags/manifests/x", NOTHING, 404);
        send("GET", "/v2/a/_tags/b/manifests/x", NOTHING, 404);
        send("GET", "/v2/a/..b/manifests/x", NOTHING, 404);
        send("GET", "/v2/a/./b/manifests/x", NOTHING, 404);
        send("GET", "/v2/", NOTHING, 200);
    }

    private HttpResponse<byte[]> send(String method, String path, byte[] content, int expected) {
        return fixture.raw.send(method, path, "application/octet-stream", content, expected);
    }

    private static String location(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
