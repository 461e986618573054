package dev.sluice.host.route;

import dev.sluice.host.http.Fields;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a request must be like to take a route.
///
/// @param path what its path must be like
/// @param methods any of them; empty for all
/// @param headers all of them
public record RouteMatch(Path path, Set<String> methods, List<Header> headers) {
    public RouteMatch {
        methods = Set.copyOf(methods);
        headers = List.copyOf(headers);
    }

    /// Whether a request with this path, without its query, matches.
    boolean matches(Fields request, String requestPath) {
        if (!path.matches(requestPath)) {
            return false;
        }
        if (!methods.isEmpty() && !methods.contains(request.method())) {
            return false;
        }
        for (Header header : headers) {
            if (!header.matches(request)) {
                return false;
            }
        }
        return true;
    }

    /// How many conditions beside the path: of two routes with the same path, the stricter comes
    /// first.
    public int conditions() {
        return headers.size() + (methods.isEmpty() ? 0 : 1);
    }

    /// What a path must be like.
    public sealed interface Path {
        boolean matches(String path);

        /// The very path.
        record Exact(String text) implements Path {
            @Override
            public boolean matches(String path) {
                return path.equals(text);
            }
        }

        /// The path, or one below it: `/a` matches `/a` and `/a/b`, not `/ab`.
        record Prefix(String text) implements Path {
            @Override
            public boolean matches(String path) {
                return path.startsWith(text)
                        && (path.length() == text.length()
                                || text.endsWith("/")
                                || path.charAt(text.length()) == '/');
            }
        }

        /// The whole path.
        record Regex(Pattern pattern) implements Path {
            @Override
            public boolean matches(String path) {
                return pattern.matcher(path).matches();
            }
        }
    }

    /// What a header must be like; of a repeated one, the first.
    ///
    /// @param text empty when presence is enough
    /// @param pattern of a regex, else null
    public record Header(AsciiString name, Kind kind, String text, @Nullable Pattern pattern) {
        /// How the value is compared.
        public enum Kind {
            PRESENT,
            EXACT,
            PREFIX,
            REGEX
        }

        boolean matches(Fields request) {
            String value = request.get(name);
            if (value == null) {
                return false;
            }
            return switch (kind) {
                case PRESENT -> true;
                case EXACT -> value.equals(text);
                case PREFIX -> value.startsWith(text);
                case REGEX -> pattern != null && pattern.matcher(value).matches();
            };
        }
    }
}
