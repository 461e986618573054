package dev.sluice.conformance.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What guests may import, with types: `host-calls.tsv`.
final class HostCallTypes {
    private static final String WASI = "wasi_snapshot_preview1";
    private static final String OLD_WASI = "wasi_unstable";

    private final Map<String, String> types;

    private HostCallTypes(Map<String, String> types) {
        this.types = types;
    }

    static HostCallTypes read(Path table) throws IOException {
        var types = new LinkedHashMap<String, String>();
        for (String line : Files.readAllLines(table)) {
            if (!line.startsWith("#")) {
                String[] columns = line.split("\t", -1);
                for (String module : modules(columns[0])) {
                    types.put(module + "." + columns[1], columns[2]);
                }
            }
        }
        return new HostCallTypes(types);
    }

    /// The full names that the words of a `@calls` line mean: `fd_write`, `wasi_unstable.fd_write`
    /// or `wasi_unstable.*`.
    List<String> names(String words) {
        return Stream.of(words.split(" +", -1)).flatMap(this::named).toList();
    }

    private Stream<String> named(String word) {
        if (word.endsWith(".*")) {
            String module = word.substring(0, word.length() - 1);
            return types.keySet().stream().filter(each -> each.startsWith(module));
        }
        return Stream.of(word, "env." + word, WASI + "." + word)
                .filter(types::containsKey)
                .findFirst()
                .map(Stream::of)
                .orElseThrow(() -> new IllegalArgumentException("no host call " + word));
    }

    /// The import of a host call; its identifier is its name without the module, but for the old
    /// name of WASI.
    String imports(String name) {
        String type = Objects.requireNonNull(types.get(name), name);
        String module = name.substring(0, name.indexOf('.'));
        String function = name.substring(module.length() + 1);
        int colon = type.indexOf(':');
        return "(import \"%s\" \"%s\" (func $%s (param%s) (result%s)))%n"
                .formatted(
                        module,
                        function,
                        module.equals(OLD_WASI) ? name : function,
                        spelled(type.substring(0, colon)),
                        spelled(type.substring(colon + 1)));
    }

    private static List<String> modules(String module) {
        return module.equals("wasi") ? List.of(WASI, OLD_WASI) : List.of(module);
    }

    private static String spelled(String letters) {
        return letters.chars()
                .mapToObj(each -> each == 'i' ? " i32" : " i64")
                .collect(Collectors.joining());
    }
}
