package dev.sluice.host.http;

import org.jspecify.annotations.Nullable;

/// Normalises a request target once, so that router, plugins and upstream see one string.
///
/// Decodes percent-encoded unreserved characters, writes the other escapes in upper case and
/// removes dot segments; the query stays as it is. An escape that would hide a separator (`%2f`,
/// `%5c`, `%00`), a broken escape and a path that climbs over the root are refused.
///
/// Spec: RFC 3986 §6.2.2, RFC 9110 §4.2.3.
public final class RequestPath {
    private RequestPath() {}

    /// The normal form of `target`, or null when it is refused.
    public static @Nullable String normalise(String target) {
        int query = target.indexOf('?');
        int end = query < 0 ? target.length() : query;
        boolean dots = hasDotSegment(target, end);
        int percent = target.indexOf('%');
        boolean escapes = percent >= 0 && percent < end;
        if (!dots && !escapes) {
            return target;
        }
        String path = target.substring(0, end);
        if (escapes) {
            path = decodeUnreserved(path);
        }
        if (path != null && hasDotSegment(path, path.length())) {
            path = removeDotSegments(path);
        }
        return path == null ? null : path + target.substring(end);
    }

    private static boolean hasDotSegment(String path, int end) {
        int at = path.indexOf("/.");
        while (at >= 0 && at < end) {
            int next = at + 2;
            if (next < end && path.charAt(next) == '.') {
                next++;
            }
            if (next >= end || path.charAt(next) == '/') {
                return true;
            }
            at = path.indexOf("/.", at + 1);
        }
        return false;
    }

    private static @Nullable String decodeUnreserved(String path) {
        var out = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '%') {
                out.append(c);
                continue;
            }
            if (i + 2 >= path.length()) {
                return null;
            }
            int high = Character.digit(path.charAt(i + 1), 16);
            int low = Character.digit(path.charAt(i + 2), 16);
            int decoded = high << 4 | low;
            if (high < 0 || low < 0 || decoded == 0 || decoded == '/' || decoded == '\\') {
                return null;
            }
            if (isUnreserved(decoded)) {
                out.append((char) decoded);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(path.charAt(i + 1)))
                        .append(Character.toUpperCase(path.charAt(i + 2)));
            }
            i += 2;
        }
        return out.toString();
    }

    private static boolean isUnreserved(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    private static @Nullable String removeDotSegments(String path) {
        var out = new StringBuilder(path.length());
        int at = 0;
        while (at < path.length()) {
            int slash = path.indexOf('/', at + 1);
            int next = slash < 0 ? path.length() : slash;
            String segment = path.substring(at, next);
            boolean last = slash < 0;
            if (segment.equals("/..")) {
                int parent = out.lastIndexOf("/");
                if (parent < 0) {
                    return null;
                }
                out.setLength(parent);
                if (last) {
                    out.append('/');
                }
            } else if (segment.equals("/.")) {
                if (last) {
                    out.append('/');
                }
            } else {
                out.append(segment);
            }
            at = next;
        }
        return out.isEmpty() ? "/" : out.toString();
    }
}
