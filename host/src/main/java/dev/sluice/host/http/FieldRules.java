package dev.sluice.host.http;

import org.jspecify.annotations.Nullable;

/// What a field name and a field value may be made of, for codecs and guests alike.
///
/// Spec: RFC 9110 §5.1, §5.5, §5.6.2.
public final class FieldRules {
    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (char c = '0'; c <= '9'; c++) {
            TOKEN[c] = true;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            TOKEN[c] = true;
            TOKEN[c - 32] = true;
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    private FieldRules() {}

    /// Whether these bytes are a token.
    public static boolean isToken(byte[] source, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (source[i] < 0 || !TOKEN[source[i]]) {
                return false;
            }
        }
        return length > 0;
    }

    /// Whether these characters are a token.
    public static boolean isToken(@Nullable CharSequence text) {
        if (text == null || text.isEmpty()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128 || !TOKEN[c]) {
                return false;
            }
        }
        return true;
    }

    /// Whether these bytes may be a field value: no control character but TAB.
    public static boolean isValue(byte[] source, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (!isValueByte(source[i] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    /// Whether these characters may be a field value: Latin-1 without control characters but TAB.
    public static boolean isValue(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 255 || !isValueByte(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isValueByte(int c) {
        return (c >= 0x20 && c != 0x7F) || c == '\t';
    }
}
