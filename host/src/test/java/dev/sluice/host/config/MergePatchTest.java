package dev.sluice.host.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 7396")
class MergePatchTest {
    @ParameterizedTest(name = "{0} with {1} is {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":\"b\"}|{\"a\":\"c\"}|{\"a\":\"c\"}",
                "{\"a\":\"b\"}|{\"b\":\"c\"}|{\"a\":\"b\",\"b\":\"c\"}",
                "{\"a\":\"b\"}|{\"a\":null}|{}",
                "{\"a\":\"b\",\"b\":\"c\"}|{\"a\":null}|{\"b\":\"c\"}",
                "{\"a\":[\"b\"]}|{\"a\":\"c\"}|{\"a\":\"c\"}",
                "{\"a\":\"c\"}|{\"a\":[\"b\"]}|{\"a\":[\"b\"]}",
                "{\"a\":{\"b\":\"c\"}}|{\"a\":{\"b\":\"d\",\"c\":null}}|{\"a\":{\"b\":\"d\"}}",
                "{\"a\":[{\"b\":\"c\"}]}|{\"a\":[1]}|{\"a\":[1]}",
                "[\"a\",\"b\"]|[\"c\",\"d\"]|[\"c\",\"d\"]",
                "{\"a\":\"b\"}|[\"c\"]|[\"c\"]",
                "{\"a\":\"foo\"}|null|null",
                "{\"a\":\"foo\"}|\"bar\"|\"bar\"",
                "{\"e\":null}|{\"a\":1}|{\"e\":null,\"a\":1}",
                "[1,2]|{\"a\":\"b\",\"c\":null}|{\"a\":\"b\"}",
                "{}|{\"a\":{\"bb\":{\"ccc\":null}}}|{\"a\":{\"bb\":{}}}"
            })
    void appendixA(String target, String patch, String result) {
        assertThat(MergePatch.apply(value(target), value(patch)).compact()).isEqualTo(result);
    }

    @Test
    void aDocumentIsPatchedAsAWhole() {
        var document = document("{\"routes\":{\"a\":{},\"b\":{\"x\":1}}}");

        var patched =
                document.mergePatch(
                        document(
                                "{\"routes\":{\"a\":null,\"b\":{\"y\":2}},\"domains\":{\"d\":{}}}"));

        assertThat(patched)
                .isEqualTo(
                        document("{\"domains\":{\"d\":{}},\"routes\":{\"b\":{\"x\":1,\"y\":2}}}"));
    }

    @Test
    void aSecretReferenceIsReplacedAsOneValue() {
        var merged =
                MergePatch.apply(
                        value("{\"key\":{\"file\":\"k\"},\"other\":{\"$secret\":\"a\"}}"),
                        value("{\"key\":{\"$secret\":\"b\"},\"other\":{\"x\":1}}"));

        assertThat(merged.compact()).isEqualTo("{\"key\":{\"$secret\":\"b\"},\"other\":{\"x\":1}}");
    }

    private static JsonValue value(String json) {
        var wrapped = document("{\"settings\":" + json + "}");
        return wrapped.resource("settings", "").orElseThrow();
    }

    private static ConfigDocument document(String json) {
        return ConfigDocument.read(json.getBytes(UTF_8), ConfigFormat.JSON);
    }
}
