package dev.sluice.conformance.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How an apply has to fail.
///
/// @param status of the answer
/// @param pointer of its one error
/// @param message a part of it
record Refusal(int status, String pointer, String code, String message) {
    void check(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode errors = JsonMapper.shared().readTree(answer.body()).path("errors");
        assertThat(errors.size()).as(answer.body()).isEqualTo(1);
        JsonNode error = errors.get(0);
        assertThat(error.path("pointer").stringValue()).isEqualTo(pointer);
        assertThat(error.path("code").stringValue()).as(answer.body()).isEqualTo(code);
        assertThat(error.path("message").stringValue()).contains(message);
    }
}
