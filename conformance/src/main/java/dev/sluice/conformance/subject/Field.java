package dev.sluice.conformance.subject;

import java.util.List;
import java.util.Locale;

/// A header or trailer field.
public record Field(String name, String value) {
    /// The values of the fields with this name, in order.
    public static List<String> values(List<Field> fields, String name) {
        return fields.stream()
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
                .map(Field::value)
                .toList();
    }

    @Override
    public String toString() {
        return name + ": " + value;
    }
}
