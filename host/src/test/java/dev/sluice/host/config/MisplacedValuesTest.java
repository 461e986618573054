package dev.sluice.host.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.host.config.JsonValue.JsonArray;
import dev.sluice.host.config.JsonValue.JsonBoolean;
import dev.sluice.host.config.JsonValue.JsonNull;
import dev.sluice.host.config.JsonValue.JsonNumber;
import dev.sluice.host.config.JsonValue.JsonObject;
import dev.sluice.host.config.JsonValue.JsonString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every value of the example, replaced by one of every type.
class MisplacedValuesTest {
    @ParameterizedTest
    @MethodSource("misplaced")
    void areErrorsAtMostNeverExceptions(JsonValue misplaced) throws IOException {
        for (JsonObject config : replacements(example(), misplaced)) {
            var document = ConfigDocument.read(config.compact().getBytes(UTF_8), ConfigFormat.JSON);

            assertThat(ConfigParser.parse(document)).isNotNull();
            assertThat(document.resourceHashes()).doesNotContainValue("");
            assertThat(document.diffTo(ConfigDocument.empty()).added()).isEmpty();
        }
    }

    static List<JsonValue> misplaced() {
        return List.of(
                new JsonNull(),
                new JsonBoolean(true),
                new JsonNumber("-1e400"),
                new JsonNumber("7"),
                new JsonString(""),
                new JsonString("\u0000 ~/x: %"),
                new JsonArray(List.of()),
                new JsonArray(List.of(new JsonArray(List.of()))),
                new JsonObject(Map.of()),
                new JsonObject(Map.of("$secret", new JsonNull())));
    }

    private static List<JsonObject> replacements(JsonObject config, JsonValue misplaced) {
        List<JsonObject> all = new ArrayList<>();
        config.members()
                .forEach((key, member) -> {
                    all.add(config.with(key, misplaced));
                    for (JsonValue replaced : replacements(member, misplaced)) {
                        all.add(config.with(key, replaced));
                    }
                });
        return all;
    }

    private static List<? extends JsonValue> replacements(JsonValue value, JsonValue misplaced) {
        return switch (value) {
            case JsonObject object -> replacements(object, misplaced);
            case JsonArray array -> {
                List<JsonValue> all = new ArrayList<>();
                for (int i = 0; i < array.items().size(); i++) {
                    var items = new ArrayList<>(array.items());
                    items.set(i, misplaced);
                    all.add(new JsonArray(items));
                }
                yield all;
            }
            case JsonValue _ -> List.of();
        };
    }

    private static JsonObject example() throws IOException {
        try (var stream = MisplacedValuesTest.class.getResourceAsStream("everything.yaml")) {
            return ConfigDocument.readResource(stream.readAllBytes(), ConfigFormat.YAML);
        }
    }
}
