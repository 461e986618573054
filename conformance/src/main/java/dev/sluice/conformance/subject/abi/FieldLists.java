package dev.sluice.conformance.subject.abi;

import dev.sluice.conformance.subject.Answer;
import dev.sluice.conformance.subject.Field;
import dev.sluice.conformance.subject.Request;
import dev.sluice.host.http.Fields;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Messages as guests see them.
final class FieldLists {
    private FieldLists() {}

    static Fields request(Request head) {
        Fields fields = Fields.request();
        fields.authority("gate.test");
        fields.method(head.method());
        fields.path(head.path());
        add(fields, head.fields());
        return fields;
    }

    static Fields trailers(List<Field> list) {
        Fields fields = Fields.trailers();
        add(fields, list);
        return fields;
    }

    static void fill(Fields response, Answer answer) {
        response.status(answer.status());
        add(response, answer.fields());
    }

    /// The fields without pseudo-headers.
    static List<Field> plain(Fields fields) {
        return IntStream.range(fields.pseudoSize(), fields.size())
                .mapToObj(i -> new Field(fields.name(i).toString(), fields.value(i)))
                .toList();
    }

    private static void add(Fields fields, List<Field> list) {
        list.forEach(each ->
                fields.add(AsciiString.of(each.name().toLowerCase(Locale.ROOT)), each.value()));
    }
}
