package dev.sluice.host.config;

/// Values of a config as they appear in messages: in quotes, on one line, not endless.
final class Quoted {
    private static final int MAX_CHARS = 120;

    private Quoted() {}

    static String value(String text) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < text.length() && i < MAX_CHARS; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append(text.length() > MAX_CHARS ? "…\"" : "\"").toString();
    }
}
