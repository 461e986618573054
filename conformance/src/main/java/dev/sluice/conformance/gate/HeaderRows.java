package dev.sluice.conformance.gate;

import static dev.sluice.conformance.gate.GateRow.row;
import static dev.sluice.conformance.gate.Steps.answered;
import static dev.sluice.conformance.gate.Steps.begin;
import static dev.sluice.conformance.gate.Steps.last;
import static dev.sluice.conformance.gate.Steps.passedBody;
import static dev.sluice.conformance.gate.Steps.passedWith;
import static dev.sluice.conformance.gate.Steps.piece;
import static dev.sluice.conformance.gate.Steps.run;
import static dev.sluice.conformance.gate.Steps.said;
import static dev.sluice.conformance.gate.Steps.saidAmong;
import static dev.sluice.conformance.gate.Steps.send;
import static dev.sluice.conformance.subject.Plugin.plugin;
import static dev.sluice.conformance.subject.Request.get;
import static dev.sluice.conformance.subject.Request.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.conformance.subject.Field;
import java.util.List;
import java.util.Locale;

/// Headers, and what a plugin may hold back in their phase.
final class HeaderRows {
    static final List<GateRow> ROWS =
            List.of(
                    row(
                            "H-001",
                            "pseudo-headers come first, and names are in lower case",
                            run(plugin("headers/pairs")),
                            send(get().with("X-A", "one")),
                            pairsAreInOrder()),
                    row(
                            "H-002",
                            "the number told is the number of pairs",
                            run(plugin("headers/pairs")),
                            send(get().with("x-a", "one").with("x-a", "two")),
                            countIsTold()),
                    row(
                            "H-003",
                            "the stream ends with the head of a request without body, and not of one with a body",
                            run(plugin("headers/pairs")),
                            send(get()),
                            endIsTold("1"),
                            begin(post()),
                            last("abc"),
                            answered(200),
                            endIsTold("0")),
                    row(
                            "H-004",
                            "the case of the name does not matter",
                            run(plugin("headers/value-X-A")),
                            send(get().with("x-a", "one")),
                            said("value 0 3 one")),
                    row(
                            "H-005",
                            "the value of a repeated header is its first",
                            run(plugin("headers/value-x-a")),
                            send(get().with("x-a", "one").with("x-a", "two")),
                            said("value 0 3 one")),
                    row(
                            "H-006",
                            "a header that is not there makes status 1",
                            run(plugin("headers/missing-0_2_1")),
                            send(get()),
                            said("value 1")),
                    row(
                            "H-007",
                            "ABI 0.1.0: a header that is not there is empty",
                            run(plugin("headers/missing-0_1_0")),
                            send(get()),
                            said("value 0 0")),
                    row(
                            "H-008",
                            "an unknown map type makes status 2",
                            run(plugin("headers/absent")),
                            send(get()),
                            saidAmong("value 8 2")),
                    row(
                            "H-009",
                            "a value of a map that is not there makes status 2",
                            run(plugin("headers/absent")),
                            send(get()),
                            saidAmong("value 2 2", "value 1 2", "value 6 2")),
                    row(
                            "H-010",
                            "the pairs of a map that is not there are status 0 and nothing",
                            run(plugin("headers/absent")),
                            send(get()),
                            saidAmong("pairs 2 0 0 0", "pairs 1 0 0 0", "pairs 6 0 0 0")),
                    row(
                            "H-011",
                            "an added header stands beside the one that was there, for the guest and on the wire",
                            run(plugin("headers/write-add")),
                            send(get().with("x-a", "old")),
                            editedTo("add 0", "x-a", "old", "new"),
                            passedWith("x-a", "old", "new")),
                    row(
                            "H-012",
                            "a replaced header stands in the place of all of its name",
                            run(plugin("headers/write-replace")),
                            send(get().with("x-a", "old").with("x-b", "b").with("x-a", "older")),
                            editedTo("replace 0", "x-a", "new"),
                            passedWith("x-a", "new"),
                            passedWith("x-b", "b")),
                    row(
                            "H-013",
                            "a header replaced by an empty value is there and empty",
                            run(plugin("headers/replace-empty")),
                            send(get().with("x-a", "old")),
                            editedTo("replace 0", "x-a", ""),
                            passedWith("x-a", "")),
                    row(
                            "H-014",
                            "a removed header is gone with its duplicates, and removing what is not there is fine",
                            run(plugin("headers/remove")),
                            send(get().with("x-a", "old").with("x-a", "older")),
                            editedTo("remove 0 0", "x-a"),
                            passedWith("x-a")),
                    row(
                            "H-015",
                            "new pairs take the place of the whole map",
                            run(plugin("headers/set-pairs")),
                            send(get().with("x-a", "old")),
                            pairsAre(
                                    "set 0",
                                    ":authority: gate.test",
                                    ":path: /p/",
                                    ":method: GET",
                                    ":scheme: http",
                                    "x-b: new"),
                            passedWith("x-a"),
                            passedWith("x-b", "new")),
                    row(
                            "H-016",
                            "the size of a map is the sum of the lengths of its names and values",
                            run(plugin("headers/pairs")),
                            send(get().with("x-a", "one")),
                            sizeIsTheSum()),
                    row(
                            "H-017",
                            "a request held until a call ends goes on with the headers of both callbacks and its body in order",
                            run(plugin("headers/held-service")),
                            begin(post()),
                            piece("abc"),
                            last("def"),
                            answered(200),
                            passedWith("x-edit", "before", "after"),
                            passedBody("abcdef")),
                    row(
                            "H-018",
                            "a held request makes no body callback before it goes on",
                            run(plugin("headers/held-silence")),
                            begin(post().with("content-length", "3")),
                            last("abc"),
                            answered(200),
                            said("call 0", "add 0", "continue 0", "body"),
                            passedBody("abc")));

    private HeaderRows() {}

    private static Step pairsAreInOrder() {
        return stage -> {
            List<Field> pairs = pairs(stage.next(3).getFirst());
            List<String> names = pairs.stream().map(Field::name).toList();
            assertThat(names.subList(0, 4))
                    .containsExactlyInAnyOrder(":authority", ":path", ":method", ":scheme");
            assertThat(names.subList(4, names.size())).allMatch(each -> !each.startsWith(":"));
            assertThat(names).allMatch(each -> each.equals(each.toLowerCase(Locale.ROOT)));
            assertThat(Field.values(pairs, "x-a")).containsExactly("one");
            assertThat(Field.values(pairs, ":authority")).containsExactly("gate.test");
        };
    }

    private static Step countIsTold() {
        return stage -> {
            List<String> lines = stage.next(3);
            assertThat(Said.words(lines.getLast(), "told").getFirst())
                    .isEqualTo(Integer.toString(pairs(lines.getFirst()).size()));
        };
    }

    private static Step endIsTold(String flag) {
        return stage ->
                assertThat(Said.words(stage.next(3).getLast(), "told").getLast()).isEqualTo(flag);
    }

    private static Step sizeIsTheSum() {
        return stage -> {
            List<String> lines = stage.next(3);
            int sum =
                    pairs(lines.getFirst()).stream()
                            .mapToInt(each -> each.name().length() + each.value().length())
                            .sum();
            assertThat(lines.get(1)).isEqualTo("size 0 " + sum);
        };
    }

    /// The guest said this about its edit, and then has these values of a header.
    private static Step editedTo(String line, String name, String... values) {
        return stage -> {
            List<String> lines = stage.next(2);
            assertThat(lines.getFirst()).isEqualTo(line);
            assertThat(Field.values(pairs(lines.getLast()), name)).containsExactly(values);
        };
    }

    /// The guest said this about its edit, and then has exactly these pairs.
    private static Step pairsAre(String line, String... pairs) {
        return stage -> {
            List<String> lines = stage.next(2);
            assertThat(lines.getFirst()).isEqualTo(line);
            assertThat(pairs(lines.getLast()).stream().map(Field::toString)).containsExactly(pairs);
        };
    }

    private static List<Field> pairs(String line) {
        return Said.pairs(Said.bytes(line, "pairs"));
    }
}
