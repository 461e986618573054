package dev.sluice.conformance.guest;

import com.dylibso.chicory.wabt.Wat2Wasm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Turns the guests' text into modules, while the suite is built and never later.
final class Assembler {
    private Assembler() {}

    /// Assembles every text, when any text is newer than its modules.
    ///
    /// @param arguments the folder with `.wat` files, and where the modules go
    public static void main(String... arguments) throws IOException {
        Path sources = Path.of(arguments[0]);
        Path target = Files.createDirectories(Path.of(arguments[1]));
        Path done = target.resolve("assembled");
        List<Path> all;
        try (Stream<Path> files = Files.walk(sources)) {
            all = files.filter(Files::isRegularFile).sorted().toList();
        }
        if (Files.exists(done) && newest(all).compareTo(Files.getLastModifiedTime(done)) < 0) {
            return;
        }
        var types = HostCallTypes.read(sources.resolve("host-calls.tsv"));
        Path library = sources.resolve("lib");
        for (Path each : all) {
            if (each.toString().endsWith(".wat") && !each.startsWith(library)) {
                String name = sources.relativize(each).toString().replaceFirst("\\.wat$", "");
                assemble(each, name, types, library, target);
            }
        }
        Files.writeString(done, "");
    }

    private static void assemble(
            Path text, String name, HostCallTypes types, Path library, Path target)
            throws IOException {
        try {
            Map<String, String> modules =
                    Template.expand(
                            name,
                            Files.readString(text),
                            types,
                            include -> read(library.resolve(include + ".wat")));
            for (Map.Entry<String, String> each : modules.entrySet()) {
                Path module = target.resolve(each.getKey() + ".wasm");
                Files.createDirectories(module.getParent());
                Files.write(module, Wat2Wasm.parse(each.getValue()));
            }
        } catch (RuntimeException e) {
            throw new IOException("%s: %s".formatted(text, e.getMessage()), e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileTime newest(List<Path> files) throws IOException {
        FileTime newest = FileTime.fromMillis(0);
        for (Path each : files) {
            newest =
                    Stream.of(newest, Files.getLastModifiedTime(each))
                            .max(Comparator.naturalOrder())
                            .get();
        }
        return newest;
    }
}
