package dev.sluice.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
    private static final String DIGEST =
            "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    @Test
    void typeComesFromTheResponseWhereTheDocumentHasNone() {
        var manifest = Manifest.parse(bytes("{'layers':[]}"), MediaTypes.DOCKER_MANIFEST);

        assertThat(manifest.mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "nothing at all | expected: JSON",
                "[] | not a JSON object",
                "{} | either layers or manifests",
                "{'layers':[],'manifests':[]} | either layers or manifests",
                "{'layers':[],'layers':[]} | expected: JSON",
                "{'schemaVersion':1,'fsLayers':[]} | schemaVersion 1",
                "{'layers':{}} | expected: an array",
                "{'layers':[{'digest':'sha256:1','size':1}]} | layers[0].digest",
                "{'layers':[{'digest':'D','size':-1}]} | layers[0].size",
                "{'layers':[{'digest':'D','size':'1'}]} | layers[0].size",
                "{'layers':[{'digest':'D','size':1e99}]} | layers[0].size",
                "{'mediaType':'application/vnd.oci.image.index.v1+json','layers':[]} | does not fit",
            })
    void refusalSaysWhatIsWrong(String json, String message) {
        var document = bytes(json.replace("'D'", "'" + DIGEST + "'"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifest.parse(document, null))
                .withMessageContaining(message);
    }

    @Test
    void sixtyFiveLayersAreTooMany() {
        var layer = "{'digest':'%s','size':2}".formatted(DIGEST);
        var document = bytes("{'layers':[" + (layer + ",").repeat(64) + layer + "]}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifest.parse(document, null))
                .withMessageContaining("at most 64");
    }

    @ParameterizedTest
    @CsvSource({
        "linux/arm64 wasip1/wasm linux/amd64, wasip1/wasm",
        "linux/arm64 - linux/amd64, -",
        "unknown/unknown linux/arm64, linux/arm64",
        "linux/arm64 linux/amd64, linux/amd64",
        "wasip2/wasm wasi/wasm32, wasi/wasm32",
        "wasip2/wasm, none",
        "linux/arm64 windows/amd64, none",
    })
    void indexChoosesByPlatform(String entries, String chosen) {
        var list = new StringBuilder();
        for (var entry : entries.split(" ", -1)) {
            list.append(list.isEmpty() ? "" : ",").append(entry(entry));
        }
        var index = (ImageIndex) Manifest.parse(bytes("{'manifests':[" + list + "]}"), null);

        assertThat(
                        index.choose()
                                .map(d -> d.platform() == null ? "-" : d.platform().toString())
                                .orElse("none"))
                .isEqualTo(chosen);
    }

    private static String entry(String platform) {
        var parts = platform.split("/", -1);
        return "{'digest':'%s','size':2%s}"
                .formatted(
                        DIGEST,
                        platform.equals("-")
                                ? ""
                                : ",'platform':{'os':'%s','architecture':'%s'}"
                                        .formatted(parts[0], parts[1]));
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
