package dev.sluice.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EverythingInTheExampleTest {
    @Test
    void whatIsNotBuiltYetIsAllThatIsReported() throws IOException {
        var errors =
                ((ParseResult.Invalid) ConfigParser.parse(example(), ConfigFormat.YAML)).errors();

        assertThat(errors).extracting(ConfigError::code).containsOnly("not_supported_yet");
        assertThat(errors)
                .extracting(error -> error.pointer() + ": " + error.message())
                .containsExactlyElementsOf(expected());
    }

    @Test
    void everyErrorHasItsPlace() throws IOException {
        var errors =
                ((ParseResult.Invalid) ConfigParser.parse(example(), ConfigFormat.YAML)).errors();
        var lines = new String(example(), StandardCharsets.UTF_8).lines().toList();

        assertThat(errors)
                .allSatisfy(error -> {
                    var location = error.location();
                    assertThat(location).isNotNull();
                    var rest = lines.get(location.line() - 1).substring(location.column() - 1);
                    var last = error.pointer().replaceFirst(".*/", "");
                    assertThat(last.matches("[0-9]") || rest.startsWith(last))
                            .as("%s at %s", error.pointer(), rest)
                            .isTrue();
                });
    }

    private static byte[] example() throws IOException {
        try (var stream = EverythingInTheExampleTest.class.getResourceAsStream("everything.yaml")) {
            return stream.readAllBytes();
        }
    }

    private static List<String> expected() throws IOException {
        try (var stream =
                EverythingInTheExampleTest.class.getResourceAsStream("everything.errors")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
