package dev.sluice.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.host.testing.Guest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a plugin's own answer carries beside what the plugin says.
class LocalResponseTest {
    /// Answers 401 to a request, and tells in a header of the response what its details are.
    private static final String ANSWERS =
            """
            (import "env" "proxy_send_local_response"
              (func $send (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
            (import "env" "proxy_get_property"
              (func $property (param i32 i32 i32 i32) (result i32)))
            (import "env" "proxy_add_header_map_value"
              (func $add (param i32 i32 i32 i32 i32) (result i32)))
            (data (i32.const 0) "response\\00code_details\\00x-details")
            %s
            (func (export "proxy_on_response_headers") (param i32 i32 i32) (result i32)
              (drop (call $property (i32.const 0) (i32.const 22) (i32.const 40) (i32.const 44)))
              (drop (call $add (i32.const 2) (i32.const 22) (i32.const 9)
                (i32.load (i32.const 40)) (i32.load (i32.const 44))))
              (i32.const 0))
            """
                    .formatted(
                            Guest.onRequestHeaders(
                                    """
                                    (drop (call $send (i32.const 401) (i32.const 0) (i32.const 0)
                                      (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
                                      (i32.const -1)))
                                    (i32.const 1)
                                    """));

    @TempDir Path folder;

    @Test
    void hasTheDateAndDetailsAlsoWhenThePluginGivesNone() {
        try (var gateway = start(ANSWERS)) {
            var answer = gateway.traffic().get("/");

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("x-details")).isEqualTo("plugin_response");
            assertThat(answer.header("date")).endsWith(" GMT");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 100, 199, 600, 99_999})
    void aStatusThatIsNoneBecomes500(int status) {
        try (var gateway = start(ANSWERS.replace("i32.const 401", "i32.const " + status))) {
            assertThat(gateway.traffic().get("/").status()).isEqualTo(500);
        }
    }

    private TestGateway start(String guest) {
        String routes =
                "routes: { all: { match: { path: { prefix: / } }, respond: { status: 200 } } }\n";
        Path module = Guest.write(folder, "answers", guest);
        return TestGateway.start(
                folder.resolve("data"), routes + Guest.bound("answers", module, ""));
    }
}
