package dev.sluice.host.cli;

import dev.sluice.host.config.ConfigDocument;
import dev.sluice.host.config.ConfigFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Config files: YAML, or JSON by their name.
final class ConfigFiles {
    private ConfigFiles() {}

    /// @throws dev.sluice.host.config.ConfigException when it cannot be understood
    static ConfigDocument read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FailedException("%s: it is a directory".formatted(file));
        }
        ConfigFormat format =
                file.toString().endsWith(".json") ? ConfigFormat.JSON : ConfigFormat.YAML;
        return ConfigDocument.read(Files.readAllBytes(file), format);
    }
}
