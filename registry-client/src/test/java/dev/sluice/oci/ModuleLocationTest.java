package dev.sluice.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModuleLocationTest {
    private static final String SPEC = "application/vnd.module.wasm.spec.v1+yaml";
    private static final String BYTES = "application/octet-stream";

    static Stream<Arguments> rawLayers() {
        return Stream.of(
                arguments(
                        named("CNCF", layers(layer(MediaTypes.WASM))), 0, "application/wasm layer"),
                arguments(
                        named(
                                "CNCF with several, one named",
                                layers(
                                        layer(MediaTypes.WASM),
                                        layer(MediaTypes.WASM).titled("plugin.wasm"))),
                        1,
                        "application/wasm layer titled plugin.wasm"),
                arguments(
                        named(
                                "solo: config and content",
                                layers(
                                        layer(MediaTypes.MODULE_WASM_CONFIG),
                                        layer(MediaTypes.MODULE_WASM))),
                        1,
                        "application/vnd.module.wasm.content.layer.v1+wasm layer"),
                arguments(
                        named("Higress, content alone", layers(layer(MediaTypes.MODULE_WASM))),
                        0,
                        "application/vnd.module.wasm.content.layer.v1+wasm layer"),
                arguments(
                        named(
                                "three layers with content",
                                layers(layer(SPEC), layer(MediaTypes.MODULE_WASM), layer(BYTES))),
                        1,
                        "application/vnd.module.wasm.content.layer.v1+wasm layer"),
                arguments(
                        named("wasm-to-oci", layers(layer(MediaTypes.OLD_WASM))),
                        0,
                        "application/vnd.wasm.content.layer.v1+wasm layer"),
                arguments(
                        named(
                                "generic artifact by title",
                                layers(layer(BYTES), layer(BYTES).titled("waf.wasm"))),
                        1,
                        "layer titled *.wasm"));
    }

    @ParameterizedTest
    @MethodSource("rawLayers")
    void layerIsTheModule(ImageManifest manifest, int index, String rule) {
        assertThat(ModuleLocation.in(manifest))
                .isEqualTo(new ModuleLocation.Raw(manifest.layers().get(index), rule));
    }

    @Test
    void tarLayersAreSearchedFromTheLast() {
        var first = layer(MediaTypes.OCI_TAR_GZIP).titled("first");
        var last = layer(MediaTypes.DOCKER_TAR_GZIP).titled("last");

        assertThat(ModuleLocation.in(layers(first, layer(SPEC), last)))
                .isEqualTo(new ModuleLocation.Archived(List.of(last, first)));
    }

    @Test
    void onlyLayerWithoutMarksIsSniffed() {
        assertThat(ModuleLocation.in(layers(layer(BYTES))))
                .isEqualTo(new ModuleLocation.Unmarked(layer(BYTES)));
    }

    static Stream<Arguments> unsupported() {
        return Stream.of(
                arguments(named("nothing", layers()), "no layers"),
                arguments(
                        named(
                                "two modules without name",
                                layers(layer(MediaTypes.WASM), layer(MediaTypes.WASM))),
                        "application/wasm, 2 bytes; application/wasm, 2 bytes"),
                arguments(
                        named("two unmarked", layers(layer(BYTES), layer(BYTES).titled("x.txt"))),
                        "application/octet-stream titled x.txt, 2 bytes"),
                arguments(
                        named("zstd", layers(layer("application/vnd.oci.image.layer.v1.tar+zstd"))),
                        "tar+zstd, 2 bytes"));
    }

    @ParameterizedTest
    @MethodSource("unsupported")
    void refusalListsWhatWasFoundAndWhatIsAccepted(ImageManifest manifest, String found) {
        assertThat(ModuleLocation.in(manifest))
                .asInstanceOf(InstanceOfAssertFactories.type(ModuleLocation.Unsupported.class))
                .extracting(ModuleLocation.Unsupported::found)
                .asString()
                .contains("found: ", found, "accepted: ", MediaTypes.MODULE_WASM);
    }

    private static Descriptor layer(String type) {
        return Descriptor.of(type, "{}".getBytes(StandardCharsets.UTF_8));
    }

    private static ImageManifest layers(Descriptor... layers) {
        return new ImageManifest(
                MediaTypes.OCI_MANIFEST, null, null, Arrays.asList(layers), Map.of());
    }
}
