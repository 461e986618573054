package dev.sluice.host.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the `match` of a route.
final class MatchReader {
    private static final List<String> PATHS = List.of("exact", "prefix", "regex");
    private static final List<String> CONDITIONS = List.of("exact", "prefix", "regex", "present");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");
    private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z0-9_-]{0,31}");
    private static final Pattern PATH =
            Pattern.compile(
                    "/(?:[!$&'()*+,;=:@/._~0-9A-Za-z-]|%(?!00|2[DEF]|3[0-9]|4[1-9A-F]|5[0-9ACF]|6[1-9A-F]|7[0-9AE])[0-9A-F]{2})*");
    private static final Pattern DOT_SEGMENT = Pattern.compile("/\\.\\.?(?:/|$)");

    private static final Set<String> NEVER_ROUTED = Set.of("CONNECT", "TRACE");
    private static final Set<String> NEVER_SEEN =
            Set.of(
                    "connection",
                    "expect",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "proxy-connection",
                    "te",
                    "transfer-encoding",
                    "upgrade");

    private MatchReader() {}

    static RouteMatchConfig read(Section match) {
        match.later("query");
        var defaults = RouteMatchConfig.defaults();
        List<String> methods =
                match.read("methods", List.of(), value -> value.items(MatchReader::method));
        List<HeaderMatch> headers =
                match.read(
                        "headers",
                        List.of(),
                        value -> value.items(item -> item.section(MatchReader::header)));
        return new RouteMatchConfig(
                match.read("path", defaults.path(), value -> value.section(MatchReader::path)),
                Set.copyOf(methods),
                headers);
    }

    private static @Nullable PathMatch path(Section path) {
        var kind = path.choice(PATHS, List.of());
        if (kind == null) {
            return null;
        }
        var text = path.find(kind, kind.equals("regex") ? Value::regex : MatchReader::plainPath);
        if (text == null) {
            return null;
        }
        return switch (kind) {
            case "exact" -> new PathMatch.Exact(text);
            case "prefix" -> new PathMatch.Prefix(text);
            default -> new PathMatch.Regex(text);
        };
    }

    /// A path that the normalised path of a request can be equal to.
    private static @Nullable String plainPath(Value value) {
        var text = value.text();
        if (text != null && (!PATH.matcher(text).matches() || DOT_SEGMENT.matcher(text).find())) {
            value.refuseValue(
                    "a path from / on as requests are matched: without query and dot segments, letters,"
                            + " digits and -._~ as they are, other characters as %XX in upper case,"
                            + " and never %2F, %5C or %00");
            return null;
        }
        return text;
    }

    private static @Nullable String method(Value value) {
        var method = value.text();
        if (method != null && !METHOD.matcher(method).matches()) {
            value.refuseValue("a method in upper case, such as GET");
            return null;
        }
        if (method != null && NEVER_ROUTED.contains(method)) {
            value.refuse(
                    ConfigError.CONFLICT,
                    "%s requests are answered with 405 and never reach a route".formatted(method));
            return null;
        }
        return method;
    }

    private static @Nullable HeaderMatch header(Section header) {
        var name = header.require("name", MatchReader::fieldName);
        var condition = condition(header);
        return name == null || condition == null ? null : new HeaderMatch(name, condition);
    }

    private static HeaderMatch.@Nullable Condition condition(Section header) {
        var kind = header.choice(CONDITIONS, List.of());
        if (kind == null) {
            return null;
        }
        if (kind.equals("present")) {
            var present = header.find(kind, Value::onlyTrue);
            return present == null ? null : new HeaderMatch.Condition.Present();
        }
        var text = header.find(kind, kind.equals("regex") ? Value::regex : Value::text);
        if (text == null) {
            return null;
        }
        return switch (kind) {
            case "exact" -> new HeaderMatch.Condition.Exact(text);
            case "prefix" -> new HeaderMatch.Condition.Prefix(text);
            default -> new HeaderMatch.Condition.Regex(text);
        };
    }

    private static @Nullable String fieldName(Value value) {
        var name = value.text();
        if (name == null) {
            return null;
        }
        if (!TOKEN.matcher(name).matches()) {
            value.refuseValue("the name of a header field, such as x-beta");
            return null;
        }
        if (name.equalsIgnoreCase("host")) {
            value.refuse(
                    ConfigError.CONFLICT,
                    "a host is matched by the hosts of a domain, which the route names");
            return null;
        }
        if (name.contains("_") || NEVER_SEEN.contains(name.toLowerCase(Locale.ROOT))) {
            value.refuse(
                    ConfigError.CONFLICT,
                    "%s is dropped from requests before they are routed and would never match"
                            .formatted(name));
            return null;
        }
        return name.toLowerCase(Locale.ROOT);
    }
}
