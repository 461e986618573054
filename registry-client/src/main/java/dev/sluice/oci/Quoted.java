package dev.sluice.oci;

/// A value from outside, made fit for an error message.
final class Quoted {
    private static final int MAX_CHARACTERS = 120;

    private Quoted() {}

    /// `text` without control characters and no longer than 120 characters; `""` when empty.
    static String value(String text) {
        if (text.isEmpty()) {
            return "\"\"";
        }
        var printable = new StringBuilder();
        text.chars()
                .limit(MAX_CHARACTERS)
                .forEach(c -> printable.append(Character.isISOControl(c) ? '?' : (char) c));
        return printable + (text.length() > MAX_CHARACTERS ? "…" : "");
    }
}
