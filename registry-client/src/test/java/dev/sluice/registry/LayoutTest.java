package dev.sluice.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.oci.Descriptor;
import dev.sluice.oci.Digest;
import dev.sluice.oci.MediaTypes;
import dev.sluice.registry.RegistryException.Kind;
import dev.sluice.registry.testing.Guests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {
    private static final byte[] MODULE = Guests.module(50_000);

    private final Fixture fixture = new Fixture();

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(PushLayout.class)
    void whatWasPushedComesBack(PushLayout layout) {
        var reference = fixture.reference("v1");
        var content = new WasmArtifactContent(MODULE, layout, Map.of("by", "test"));

        var digest = fixture.client.push(reference, content, Fixture.ANONYMOUS);
        var pulled = fixture.client.pull(reference, Fixture.ANONYMOUS);

        assertThat(pulled.bytes()).isEqualTo(MODULE);
        assertThat(pulled.manifestDigest()).isEqualTo(digest).isEqualTo(pulled.resolvedDigest());
        assertThat(pulled.moduleDigest()).isEqualTo(Digest.of(MODULE));
    }

    @ParameterizedTest
    @EnumSource(PushLayout.class)
    void equalContentHasEqualDigest(PushLayout layout) {
        var content = WasmArtifactContent.of(MODULE).as(layout);

        var one = fixture.client.push(fixture.reference("a"), content, Fixture.ANONYMOUS);
        var other = fixture.client.push(fixture.reference("b"), content, Fixture.ANONYMOUS);

        assertThat(one).isEqualTo(other);
    }

    @Test
    void defaultLayoutHasTheTwoLayersOfIstiosPuller() {
        var reference = fixture.reference("v1");
        fixture.client.push(reference, WasmArtifactContent.of(MODULE), Fixture.ANONYMOUS);

        var manifest = fixture.client.resolve(reference, Fixture.ANONYMOUS).manifest();

        assertThat(manifest.artifactType()).isEqualTo(MediaTypes.MODULE_WASM_ARTIFACT);
        assertThat(manifest.layers())
                .extracting(Descriptor::mediaType)
                .containsExactly(MediaTypes.MODULE_WASM_CONFIG, MediaTypes.MODULE_WASM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                MediaTypes.WASM,
                MediaTypes.MODULE_WASM,
                MediaTypes.OLD_WASM,
                "application/octet-stream"
            })
    void rawLayerIsPulled(String mediaType) {
        var layer = fixture.raw.blob(mediaType, MODULE);
        fixture.raw.image("v1", MediaTypes.OCI_MANIFEST, layer);

        assertThat(pull("v1").bytes()).isEqualTo(MODULE);
    }

    @ParameterizedTest
    @CsvSource({
        "application/vnd.oci.image.layer.v1.tar+gzip, plugin.wasm, plugin.wasm in tar layer",
        "application/vnd.oci.image.layer.v1.tar+gzip, ./opt/plugin.wasm, plugin.wasm in tar layer",
        "application/vnd.oci.image.layer.v1.tar+gzip, waf.wasm, only *.wasm in tar layer",
        "application/vnd.docker.image.rootfs.diff.tar.gzip, plugin.wasm, plugin.wasm in tar layer",
        "application/octet-stream, plugin.wasm, plugin.wasm in tar layer",
    })
    void gzippedTarIsOpened(String mediaType, String file, String rule) throws IOException {
        var layer = fixture.raw.blob(mediaType, gzip(TarFile.of(file, MODULE)));
        fixture.raw.image("v1", MediaTypes.DOCKER_MANIFEST, layer);

        var pulled = pull("v1");

        assertThat(pulled.bytes()).isEqualTo(MODULE);
        assertThat(pulled.layout()).isEqualTo(rule);
        assertThat(pulled.moduleDigest()).isEqualTo(Digest.of(MODULE));
    }

    @Test
    void plainTarIsOpened() {
        var layer = fixture.raw.blob(MediaTypes.OCI_TAR, TarFile.of("plugin.wasm", MODULE));
        fixture.raw.image("v1", MediaTypes.OCI_MANIFEST, layer);

        assertThat(pull("v1").bytes()).isEqualTo(MODULE);
    }

    @Test
    void earlierTarLayerIsSearchedWhenTheLastHasNoModule() throws IOException {
        var first = tarLayer("plugin.wasm", MODULE);
        var last = tarLayer("README.md", new byte[3]);
        fixture.raw.image("v1", MediaTypes.OCI_MANIFEST, first, last);

        assertThat(pull("v1").bytes()).isEqualTo(MODULE);
    }

    @Test
    void whiteoutHidesTheModuleOfAnEarlierLayer() throws IOException {
        var first = tarLayer("plugin.wasm", MODULE);
        var last = tarLayer(".wh.plugin.wasm", new byte[0]);
        fixture.raw.image("v1", MediaTypes.OCI_MANIFEST, first, last);

        assertRefused("v1", Kind.UNSUPPORTED_LAYOUT, "found: ");
    }

    @Test
    void indexLeadsToItsWasmEntry() {
        var layer = fixture.raw.blob(MediaTypes.WASM, MODULE);
        var child = fixture.raw.image("", MediaTypes.OCI_MANIFEST, layer);
        var index =
                """
                {"schemaVersion":2,"manifests":[{"mediaType":"%s","digest":"%s","size":2,\
                "platform":{"os":"wasip1","architecture":"wasm"}}]}\
                """
                        .formatted(MediaTypes.OCI_MANIFEST, child);
        var indexDigest = fixture.raw.manifest("v1", MediaTypes.OCI_INDEX, index);

        var pulled = pull("v1");

        assertThat(pulled.resolvedDigest()).isEqualTo(indexDigest);
        assertThat(pulled.manifestDigest()).isEqualTo(child);
    }

    @Test
    void twoModulesInATarLayerAreAmbiguous() throws IOException {
        var one = TarFile.of("a.wasm", MODULE);
        var two = TarFile.of("b.wasm", MODULE);
        var both = new ByteArrayOutputStream();
        both.write(one, 0, one.length - 1024);
        both.writeBytes(two);
        var layer = fixture.raw.blob(MediaTypes.OCI_TAR_GZIP, gzip(both.toByteArray()));
        fixture.raw.image("v1", MediaTypes.OCI_MANIFEST, layer);

        assertRefused(
                "v1", Kind.UNSUPPORTED_LAYOUT, "several modules in a tar layer: [a.wasm, b.wasm]");
    }

    @Test
    void componentIsRefusedByName() {
        var layer = fixture.raw.blob(MediaTypes.WASM, Guests.component());
        fixture.raw.image("v1", MediaTypes.OCI_MANIFEST, layer);

        assertRefused("v1", Kind.NOT_WASM, "a Wasm component (expected: a core module)");
    }

    @Test
    void otherBytesUnderAWasmTypeAreNotAModule() {
        var layer = fixture.raw.blob(MediaTypes.WASM, utf8("<html>"));
        fixture.raw.image("v1", MediaTypes.OCI_MANIFEST, layer);

        assertRefused("v1", Kind.NOT_WASM, "starts with 3c68746d6c3e");
    }

    @Test
    void unmarkedTextIsRefusedWithTheAcceptedForms() {
        var layer = fixture.raw.blob("text/plain", utf8("hello"));
        fixture.raw.image("v1", MediaTypes.OCI_MANIFEST, layer);

        assertRefused("v1", Kind.UNSUPPORTED_LAYOUT, "found: text/plain, 5 bytes; accepted: ");
    }

    @Test
    void moduleOverTheLimitIsRefusedBeforeItIsFetched() {
        var layer = fixture.raw.blob(MediaTypes.WASM, Guests.module((1 << 20) + 1));
        fixture.raw.image("v1", MediaTypes.OCI_MANIFEST, layer);

        assertRefused("v1", Kind.TOO_LARGE, "1048577 bytes (expected: <= 1048576)");
    }

    @Test
    void gzipBombIsStoppedWhileItUnpacks() throws IOException {
        var layer = tarLayer("plugin.wasm", new byte[64 << 20]);
        fixture.raw.image("v1", MediaTypes.OCI_MANIFEST, layer);

        assertRefused("v1", Kind.TOO_LARGE, "unpacks to more than");
    }

    @Test
    void brokenGzipIsSaidToBeBroken() throws IOException {
        var stored = gzip(TarFile.of("plugin.wasm", MODULE));
        stored[stored.length / 2] ^= 1;
        var layer = fixture.raw.blob(MediaTypes.OCI_TAR_GZIP, stored);
        fixture.raw.image("v1", MediaTypes.OCI_MANIFEST, layer);

        assertRefused("v1", Kind.UNSUPPORTED_LAYOUT, "cannot be unpacked");
    }

    @Test
    void onlyModulesArePushed() {
        var content = WasmArtifactContent.of(utf8("<html>"));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() ->
                        fixture.client.push(fixture.reference("v1"), content, Fixture.ANONYMOUS))
                .withMessageContaining("not a Wasm module");
    }

    private WasmArtifact pull(String tag) {
        return fixture.client.pull(fixture.reference(tag), Fixture.ANONYMOUS);
    }

    private void assertRefused(String tag, Kind kind, String message) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> pull(tag))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private Descriptor tarLayer(String file, byte[] content) throws IOException {
        return fixture.raw.blob(MediaTypes.OCI_TAR_GZIP, gzip(TarFile.of(file, content)));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
