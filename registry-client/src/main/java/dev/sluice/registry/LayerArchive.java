package dev.sluice.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The `*.wasm` files of one tar layer, and the names it removes from the layers below.
///
/// @param modules content by normalised path, in order
/// @param removed normalised paths that whiteouts of this layer hide; a directory ends in `/`
record LayerArchive(Map<String, byte[]> modules, Set<String> removed) {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final int MOST_MODULES = 64;

    /// What the rules made of a layer.
    sealed interface Choice {}

    /// One module.
    @SuppressWarnings("ArrayRecordComponent")
    record Found(byte[] bytes, String rule) implements Choice {}

    /// More than one, and none that stands out.
    record Ambiguous(List<String> names) implements Choice {}

    /// None.
    record Nothing() implements Choice {}

    /// Reads a tar stream to its very end, so that a checksum after it is judged too; links and
    /// special files do not count.
    static LayerArchive read(InputStream content, Set<String> hidden) throws IOException {
        var modules = new LinkedHashMap<String, byte[]>();
        var removed = new HashSet<String>();
        var tar = new TarReader(content);
        for (var entry = tar.next(); entry != null; entry = tar.next()) {
            var path = normalised(entry.name());
            var name = baseName(path);
            if (name.equals(OPAQUE)) {
                removed.add(path.substring(0, path.length() - OPAQUE.length()));
            } else if (name.startsWith(WHITEOUT)) {
                var parent = path.substring(0, path.length() - name.length());
                removed.add(parent + name.substring(WHITEOUT.length()));
            } else if (entry.isFile() && name.endsWith(".wasm") && !isHidden(path, hidden)) {
                modules.put(path, tar.content());
            }
            if (modules.size() > MOST_MODULES) {
                throw new IOException("more than %d *.wasm files".formatted(MOST_MODULES));
            }
        }
        content.transferTo(OutputStream.nullOutputStream());
        return new LayerArchive(modules, removed);
    }

    static boolean isTar(byte[] start) {
        return start.length >= 262
                && new String(start, 257, 5, StandardCharsets.US_ASCII).equals("ustar");
    }

    /// The file named `plugin.wasm`, else the only `*.wasm`.
    Choice choose() {
        var plugins =
                modules.keySet().stream().filter(p -> baseName(p).equals("plugin.wasm")).toList();
        if (plugins.size() == 1) {
            return found(plugins.getFirst(), "plugin.wasm in tar layer");
        }
        if (!plugins.isEmpty() || modules.size() > 1) {
            return new Ambiguous(List.copyOf(modules.keySet()));
        }
        return modules.isEmpty()
                ? new Nothing()
                : found(modules.keySet().iterator().next(), "only *.wasm in tar layer");
    }

    private Choice found(String path, String rule) {
        var bytes = modules.get(path);
        return bytes == null ? new Nothing() : new Found(bytes, rule);
    }

    private static boolean isHidden(String path, Set<String> hidden) {
        if (hidden.contains(path) || hidden.contains("")) {
            return true;
        }
        for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
            if (hidden.contains(path.substring(0, at))
                    || hidden.contains(path.substring(0, at + 1))) {
                return true;
            }
        }
        return false;
    }

    private static String normalised(String name) {
        var path = name.replaceAll("/{2,}", "/");
        while (path.startsWith("./")) {
            path = path.substring(2);
        }
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
