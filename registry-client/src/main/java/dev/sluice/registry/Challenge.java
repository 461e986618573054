package dev.sluice.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One way to authenticate that a server offered in `WWW-Authenticate` (RFC 9110 §11.6.1).
///
/// @param scheme lower-case scheme name
/// @param parameters values by lower-case name; the first of a repeated name counts
record Challenge(String scheme, Map<String, String> parameters) {
    Challenge {
        parameters = Map.copyOf(parameters);
    }

    /// Reads all challenges of a response; what cannot be read ends its field value.
    static List<Challenge> parse(List<String> fieldValues) {
        var challenges = new ArrayList<Challenge>();
        fieldValues.forEach(value -> new Reader(value).readInto(challenges));
        return challenges;
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    boolean isBearer() {
        return scheme.equals("bearer") && !parameter("realm").isEmpty();
    }

    boolean isBasic() {
        return scheme.equals("basic");
    }

    /*
     * challenge  = scheme [ 1*SP ( token68 / #( token BWS "=" BWS ( token / quoted-string ) ) ) ]
     * A comma separates parameters and challenges alike; "token =" tells a parameter from a scheme.
     */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        void readInto(List<Challenge> challenges) {
            skipSeparators();
            while (at < text.length()) {
                var scheme = token();
                if (scheme.isEmpty()) {
                    return;
                }
                var parameters = new LinkedHashMap<String, String>();
                skipSpaces();
                boolean whole = readParameters(parameters);
                challenges.add(new Challenge(scheme.toLowerCase(Locale.ROOT), parameters));
                if (!whole) {
                    return;
                }
            }
        }

        private boolean readParameters(Map<String, String> parameters) {
            while (at < text.length()) {
                skipSeparators();
                int start = at;
                var name = token();
                skipSpaces();
                if (name.isEmpty() || at >= text.length() || text.charAt(at) != '=') {
                    at = start;
                    return !name.isEmpty() || at >= text.length();
                }
                at++;
                skipSpaces();
                if (isToken68End()) {
                    skipSeparators();
                    continue;
                }
                var value = at < text.length() && text.charAt(at) == '"' ? quoted() : token();
                if (value == null) {
                    return false;
                }
                parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
                skipSpaces();
                if (at < text.length() && text.charAt(at) != ',') {
                    return false;
                }
            }
            return true;
        }

        private boolean isToken68End() {
            while (at < text.length() && text.charAt(at) == '=') {
                at++;
            }
            return at >= text.length() || text.charAt(at) == ',';
        }

        private @Nullable String quoted() {
            var value = new StringBuilder();
            for (at++; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return value.toString();
                }
                if (c == '\\' && at + 1 < text.length()) {
                    at++;
                    c = text.charAt(at);
                }
                value.append(c);
            }
            return null;
        }

        private String token() {
            int start = at;
            while (at < text.length() && isTokenCharacter(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private static boolean isTokenCharacter(char c) {
            return (c < 128 && Character.isLetterOrDigit(c)) || "!#$%&'*+-.^_`|~/:".indexOf(c) >= 0;
        }

        private void skipSpaces() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }

        private void skipSeparators() {
            while (at < text.length() && ", \t".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }
    }
}
