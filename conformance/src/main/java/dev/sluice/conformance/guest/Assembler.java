package dev.sluice.conformance.guest;

import com.dylibso.chicory.wabt.Wat2Wasm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Turns the guests' text into modules, while the suite is built and never later.
final class Assembler {
    private Assembler() {}

    /// Assembles every text that is newer than its module.
    ///
    /// @param arguments the folder with `.wat` files, and where the modules go
    public static void main(String... arguments) throws IOException {
        Path sources = Path.of(arguments[0]);
        Path target = Files.createDirectories(Path.of(arguments[1]));
        List<Path> texts;
        try (Stream<Path> all = Files.walk(sources)) {
            texts = all.filter(each -> each.toString().endsWith(".wat")).toList();
        }
        for (Path text : texts) {
            String name = sources.relativize(text).toString().replaceFirst("wat$", "wasm");
            Path module = target.resolve(name);
            if (Files.exists(module)
                    && Files.getLastModifiedTime(module).compareTo(Files.getLastModifiedTime(text))
                            > 0) {
                continue;
            }
            Files.createDirectories(module.getParent());
            try {
                Files.write(module, Wat2Wasm.parse(Files.readString(text)));
            } catch (RuntimeException e) {
                throw new IOException("%s: %s".formatted(text, e.getMessage()), e);
            }
        }
    }
}
