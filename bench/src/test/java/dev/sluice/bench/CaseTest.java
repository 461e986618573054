package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bench.peer.Plugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaseTest {
    @ParameterizedTest
    @EnumSource
    void bringsTheCodeOfItsPlugins(Case each, @TempDir Path directory) throws IOException {
        assertThat(each.task(directory).plugins())
                .extracting(Plugin::module)
                .allMatch(Files::isReadable);
    }
}
