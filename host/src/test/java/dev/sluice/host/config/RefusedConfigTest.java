package dev.sluice.host.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each case of `refused.golden` is a name, a document, and after a line of dashes all its errors.
class RefusedConfigTest {
    record Case(String name, String document, String errors) {
        static Case parse(String block) {
            int nameEnd = block.indexOf('\n');
            int dashes = block.indexOf("\n----\n");
            return new Case(
                    block.substring(0, nameEnd),
                    block.substring(nameEnd + 1, dashes + 1),
                    block.substring(dashes + "\n----\n".length()).strip());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRefusedWith(Case given) {
        var result = ConfigParser.parse(given.document().getBytes(UTF_8), ConfigFormat.YAML);

        assertThat(shown(result)).isEqualTo(given.errors());
    }

    private static String shown(ParseResult result) {
        return switch (result) {
            case ParseResult.Valid _ -> "accepted";
            case ParseResult.Invalid invalid ->
                    invalid.errors().stream()
                            .map(error ->
                                    "%s %s %s: %s"
                                            .formatted(
                                                    error.location(),
                                                    error.pointer(),
                                                    error.code(),
                                                    error.message()))
                            .collect(Collectors.joining("\n"));
        };
    }

    static Stream<Case> cases() throws IOException {
        try (var stream = RefusedConfigTest.class.getResourceAsStream("refused.golden")) {
            var text = new String(stream.readAllBytes(), UTF_8);
            return Arrays.stream(text.split("(?m)^#### "))
                    .filter(block -> !block.isBlank())
                    .map(Case::parse);
        }
    }
}
