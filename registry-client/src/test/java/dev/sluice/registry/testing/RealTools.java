package dev.sluice.registry.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.TestAbortedException;

/// Programs that a test runs against, from `.tools/bin` of the repository or the path.
public final class RealTools {
    private RealTools() {}

    /// The program `name`.
    ///
    /// Without it the test fails where `CI=true`, and is otherwise left out with a reason that
    /// begins `left out: `.
    public static Path find(String name) {
        for (var folder : folders()) {
            var file = folder.resolve(name);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        var reason = "%s is neither in .tools/bin nor on the path".formatted(name);
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(reason);
        }
        throw new TestAbortedException("left out: " + reason);
    }

    private static List<Path> folders() {
        var folders = new ArrayList<Path>();
        for (var up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            if (Files.isDirectory(up.resolve(".mvn"))) {
                folders.add(up.resolve(".tools/bin"));
            }
        }
        for (var entry : System.getenv("PATH").split(File.pathSeparator, -1)) {
            folders.add(Path.of(entry));
        }
        return folders;
    }
}
