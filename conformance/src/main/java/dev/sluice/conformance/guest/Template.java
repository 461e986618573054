package dev.sluice.conformance.guest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A guest's text before it is a WAT module: the fields of a module, with what would otherwise be
/// repeated or counted by hand left out. A text that is a whole module stays as it is.
///
/// * `@calls NAME…` imports host calls with the types of `host-calls.tsv`, each as `$NAME`
/// * `@include NAME` puts `lib/NAME.wat` here
/// * `@for NAME in WORD…`, in the first line, makes a guest `FILE-WORD` of each word, with
///   `${NAME}` in the text standing for it
/// * a text in backquotes stands for two arguments, its address and its size; see [Literals]
final class Template {
    private static final Pattern MODULE = Pattern.compile("^\\(module", Pattern.MULTILINE);
    private static final Pattern FOR = Pattern.compile("@for (\\w+) in (.+)\n");
    private static final Pattern LITERAL = Pattern.compile("`([^`]*)`");

    private final HostCallTypes types;
    private final UnaryOperator<String> library;
    private final Set<String> calls = new LinkedHashSet<>();
    private final Literals literals = new Literals();

    private Template(HostCallTypes types, UnaryOperator<String> library) {
        this.types = types;
        this.library = library;
    }

    /// The WAT modules that a text stands for, by name.
    ///
    /// @param library the text of `lib/NAME.wat` for a name
    static Map<String, String> expand(
            String name, String text, HostCallTypes types, UnaryOperator<String> library) {
        if (MODULE.matcher(text).find()) {
            return Map.of(name, text);
        }
        var loop = FOR.matcher(text);
        if (!loop.lookingAt()) {
            return Map.of(name, new Template(types, library).module(text));
        }
        var modules = new LinkedHashMap<String, String>();
        for (String word : loop.group(2).strip().split(" +", -1)) {
            String one = text.substring(loop.end()).replace("${" + loop.group(1) + "}", word);
            modules.put(name + "-" + word, new Template(types, library).module(one));
        }
        return modules;
    }

    private String module(String text) {
        List<String> fields = new ArrayList<>();
        read(text, fields);
        String body = LITERAL.matcher(String.join("\n", fields)).replaceAll(this::literal);
        var imports = new StringBuilder();
        calls.forEach(call -> imports.append(types.imports(call)));
        return "(module\n" + imports + body + "\n" + literals.data() + ")\n";
    }

    private void read(String text, List<String> fields) {
        for (String line : text.lines().toList()) {
            if (line.startsWith("@calls ")) {
                calls.addAll(types.names(line.substring("@calls ".length()).strip()));
            } else if (line.startsWith("@include ")) {
                read(library.apply(line.substring("@include ".length()).strip()), fields);
            } else if (line.startsWith("@")) {
                throw new IllegalArgumentException("what is this line: " + line);
            } else {
                fields.add(line);
            }
        }
    }

    private String literal(MatchResult found) {
        return literals.arguments(found.group(1));
    }
}
