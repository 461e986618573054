package dev.sluice.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer realm=\"https://a/t\",service=\"s\",scope=\"r:x:pull\"",
                "Bearer realm=\"https://a/t\", service=\"s\", scope=\"r:x:pull\"",
                "bearer scope=\"r:x:pull\" ,service = \"s\" , realm=\"https://a/t\"",
                "BEARER Realm=\"https://a/t\",SERVICE=s,scope=\"r:x:pull\"",
                "Bearer realm=https://a/t,service=s,scope=r:x:pull",
                "Bearer realm=\"https://\\a/t\",service=\"s\",scope=\"r:x:pull\"",
                ",, Bearer realm=\"https://a/t\",,service=\"s\",scope=\"r:x:pull\",",
                "Bearer realm=\"https://a/t\",service=\"s\",scope=\"r:x:pull\",error=\"invalid_token\"",
            })
    void bearerIsReadInAnySpelling(String field) {
        var challenges = Challenge.parse(List.of(field));

        assertThat(challenges).hasSize(1);
        assertThat(challenges.getFirst().isBearer()).isTrue();
        assertThat(challenges.getFirst().parameters())
                .containsEntry("realm", "https://a/t")
                .containsEntry("service", "s")
                .containsEntry("scope", "r:x:pull");
    }

    @Test
    void severalChallengesShareOneField() {
        var challenges =
                Challenge.parse(
                        List.of(
                                "Negotiate abc==, Basic realm=\"a, b\", Bearer realm=\"https://a\""));

        assertThat(challenges)
                .extracting(Challenge::scheme)
                .containsExactly("negotiate", "basic", "bearer");
        assertThat(challenges.get(1).parameter("realm")).isEqualTo("a, b");
    }

    @Test
    void severalFieldsAddUp() {
        assertThat(Challenge.parse(List.of("Basic realm=x", "Bearer realm=\"https://a\"")))
                .extracting(Challenge::scheme)
                .containsExactly("basic", "bearer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " , ",
                "\"",
                "=",
                "Bearer",
                "Bearer realm=\"unclosed",
                "Bearer service=s"
            })
    void brokenFieldOffersNoBearer(String field) {
        assertThat(Challenge.parse(List.of(field))).noneMatch(Challenge::isBearer);
    }
}
