package dev.sluice.host.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.host.config.JsonValue.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigDocumentTest {
    @Test
    void yamlAndJsonOfTheSameTreeAreEqual() {
        var yaml = yaml("domains:\n  shop:\n    hosts: [shop.example.com]\n");
        var json = json("{\"domains\": {\"shop\": {\"hosts\": [\"shop.example.com\"]}}}");

        assertThat(yaml).isEqualTo(json).hasSameHashCodeAs(json);
        assertThat(yaml.hash()).isEqualTo(json.hash());
    }

    @Test
    void theHashIsThatOfTheCanonicalBytes() {
        assertThat(ConfigDocument.empty().hash())
                .isEqualTo(
                        "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    }

    @Test
    void canonicalJsonSortsKeys() {
        var document =
                json("{\"settings\": {\"b\": 1, \"a\": [{\"d\": 2, \"c\": 3}]}, \"domains\": {}}");

        assertThat(document.canonicalJson())
                .isEqualTo("{\"settings\":{\"a\":[{\"c\":3,\"d\":2}],\"b\":1}}");
    }

    @Test
    void canonicalJsonKeepsTheOrderThatMeansSomething() {
        var text =
                "{\"plugins\":{\"p\":{\"config\":{\"z\":1,\"a\":{\"y\":1,\"b\":2}},\"module\":\"m\"}},"
                        + "\"routes\":{\"z\":{},\"a\":{}}}";

        assertThat(json(text).canonicalJson()).isEqualTo(text);
    }

    @Test
    void canonicalBytesReadBackAsTheSameDocument() {
        var document = yaml("plugins: { p: { config: { text: \"a\\\"\\\\\\n\\u0001ü😀\" } } }");

        var again = ConfigDocument.read(document.canonicalBytes(), ConfigFormat.JSON);

        assertThat(again).isEqualTo(document);
    }

    @Test
    void noTextIsTheEmptyDocument() {
        assertThat(yaml("")).isEqualTo(ConfigDocument.empty());
        assertThat(yaml("# nothing\n")).isEqualTo(ConfigDocument.empty());
        assertThat(json("")).isEqualTo(ConfigDocument.empty());
    }

    @Test
    void wordsOfOldYamlAreStrings() {
        var document = yaml("settings: { a: on, b: off, c: yes, d: n, e: true, f: '', g: 12e03 }");

        assertThat(document.canonicalJson())
                .isEqualTo(
                        "{\"settings\":{\"a\":\"on\",\"b\":\"off\",\"c\":\"yes\",\"d\":\"n\","
                                + "\"e\":true,\"f\":\"\",\"g\":1.2E+4}}");
    }

    @Test
    void resourceHashesAreByIdAndIndependentOfEachOther() {
        var before = json("{\"settings\":{\"loops\":1},\"routes\":{\"a\":{\"x\":1},\"b\":{}}}");
        var after = before.mergePatch("{\"routes\":{\"b\":{\"y\":2}}}");

        assertThat(before.resourceHashes()).containsOnlyKeys("routes/a", "routes/b", "settings");
        assertThat(after.resourceHashes().get("routes/a"))
                .isEqualTo(before.resourceHashes().get("routes/a"));
        assertThat(after.resourceHashes().get("routes/b"))
                .isNotEqualTo(before.resourceHashes().get("routes/b"));
    }

    @Test
    void upsertReplacesInPlaceAndAddsAtTheEnd() {
        var document = json("{\"routes\":{\"b\":{\"x\":1},\"c\":{}}}");

        var changed =
                document.upsert("routes", "b", resource("{\"x\":2}"))
                        .upsert("routes", "a", resource("{}"))
                        .upsert("settings", "", resource("{\"loops\":2}"));

        assertThat(changed.canonicalJson())
                .isEqualTo(
                        "{\"routes\":{\"b\":{\"x\":2},\"c\":{},\"a\":{}},\"settings\":{\"loops\":2}}");
        assertThat(changed.resource("routes", "b")).contains(resource("{\"x\":2}"));
        assertThat(changed.resource("routes", "d")).isEmpty();
    }

    @Test
    void upsertAllReplacesInPlaceAndAddsAtTheEnd() {
        var document = json("{\"routes\":{\"b\":{\"x\":1},\"c\":{}},\"settings\":{\"loops\":1}}");

        var changed =
                document.upsertAll(
                        json(
                                "{\"domains\":{\"d\":{}},\"routes\":{\"a\":{},\"b\":{}},"
                                        + "\"settings\":{\"transport\":\"nio\"}}"));

        assertThat(changed.canonicalJson())
                .isEqualTo(
                        "{\"domains\":{\"d\":{}},\"routes\":{\"b\":{},\"c\":{},\"a\":{}},"
                                + "\"settings\":{\"transport\":\"nio\"}}");
    }

    @Test
    void withoutRemovesOneResource() {
        var document = json("{\"routes\":{\"a\":{},\"b\":{}},\"settings\":{\"loops\":1}}");

        assertThat(document.without("routes", "a"))
                .isEqualTo(json("{\"routes\":{\"b\":{}},\"settings\":{\"loops\":1}}"));
        assertThat(document.without("settings", "").without("routes", "a").without("routes", "b"))
                .isEqualTo(ConfigDocument.empty());
        assertThat(document.without("plugins", "none")).isEqualTo(document);
    }

    @Test
    void diffNamesWhatWasAddedChangedAndRemoved() {
        var before = json("{\"domains\":{\"a\":{\"x\":1},\"b\":{\"x\":1},\"c\":{}}}");
        var after =
                json("{\"domains\":{\"b\":{\"x\":2},\"c\":{},\"d\":{}},\"settings\":{\"l\":1}}");

        assertThat(before.diffTo(after))
                .isEqualTo(
                        new ConfigDiff(
                                List.of("domains/d", "settings"),
                                List.of("domains/b"),
                                List.of("domains/a")));
        assertThat(before.diffTo(before).isEmpty()).isTrue();
    }

    @Test
    void routesInAnotherOrderAreChanged() {
        var before = json("{\"routes\":{\"a\":{},\"b\":{},\"c\":{}}}");
        var after = json("{\"routes\":{\"new\":{},\"b\":{},\"a\":{},\"c\":{}}}");

        assertThat(before.diffTo(after))
                .isEqualTo(
                        new ConfigDiff(
                                List.of("routes/new"), List.of("routes/a", "routes/b"), List.of()));
        assertThat(before.hash()).isNotEqualTo(after.without("routes", "new").hash());
    }

    @Test
    void aliasesAreRefusedSoThatADocumentCannotGrow() {
        assertThatThrownBy(() -> yaml("settings: { a: &x [1], b: *x }"))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e ->
                                assertThat(e.errors())
                                        .containsExactly(
                                                new ConfigError(
                                                        "/settings/b",
                                                        "syntax",
                                                        "YAML aliases are refused; write the value out",
                                                        new Location(1, 24))));
    }

    @Test
    void everyRepeatedKeyIsReportedWithItsPlaces() {
        assertThatThrownBy(() -> json("{\"a\":{\"x\":1,\n\"x\":2},\n\"a\":{}}"))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e ->
                                assertThat(e.errors())
                                        .extracting(ConfigError::pointer, ConfigError::code)
                                        .containsExactly(
                                                tuple("/a", "duplicate_key"),
                                                tuple("/a/x", "duplicate_key")));
    }

    @Test
    void depthAndSizeAreBounded() {
        assertThatThrownBy(() -> json("{\"a\":" + "[".repeat(100_000)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("nested deeper than 64 levels");
        assertThatThrownBy(() -> yaml("a: " + "[".repeat(100_000)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("nested deeper than 64 levels");
        assertThatThrownBy(() -> ConfigDocument.read(new byte[(4 << 20) + 1], ConfigFormat.YAML))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("4194305 bytes (expected: <= 4194304)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: [",
                "a: b: c",
                "--- {}\n--- {}",
                "- a",
                "text",
                "a: !!binary aGk=",
                "a: .inf",
                "a: 'open",
                "\ta: b",
                "a: !x b",
                "{a: 1}}",
                "? [a]\n: b"
            })
    void brokenYamlIsRefused(String text) {
        assertThatThrownBy(() -> yaml(text)).isInstanceOf(ConfigException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "1",
                "{\"a\":1,}",
                "{\"a\":1}{}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":01}",
                "{\"a\"}",
                "// x\n{}"
            })
    void brokenJsonIsRefused(String text) {
        assertThatThrownBy(() -> json(text)).isInstanceOf(ConfigException.class);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        assertThatThrownBy(() ->
                        ConfigDocument.read(new byte[] {'a', ':', (byte) 0xff}, ConfigFormat.YAML))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("not UTF-8");
    }

    private static ConfigDocument yaml(String text) {
        return ConfigDocument.read(text.getBytes(UTF_8), ConfigFormat.YAML);
    }

    private static ConfigDocument json(String text) {
        return ConfigDocument.read(text.getBytes(UTF_8), ConfigFormat.JSON);
    }

    private static JsonObject resource(String text) {
        return ConfigDocument.readResource(text.getBytes(UTF_8), ConfigFormat.JSON);
    }
}
