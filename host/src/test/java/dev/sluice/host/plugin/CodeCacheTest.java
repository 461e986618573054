package dev.sluice.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.abi.Profile;
import dev.sluice.abi.testing.Wat;
import dev.sluice.abi.vm.ModuleLimits;
import dev.sluice.abi.vm.PluginCode;
import dev.sluice.abi.vm.PluginModule;
import dev.sluice.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeCacheTest {
    private static final byte[] WASM = Wat.assemble(Wat.minimal(""));
    private static final Digest MODULE = Digest.of(WASM);
    private static final Digest OTHER = Digest.of(new byte[] {1});

    @TempDir Path folder;
    private Path directory;

    @BeforeEach
    void keepOne() throws IOException {
        directory = folder.resolve("code");
        open().put(MODULE, compiled());
    }

    @Test
    void givesBackWhatAnEarlierProcessKept() throws IOException {
        PluginCode kept = Objects.requireNonNull(open().get(MODULE));

        assertThat(PluginModule.load(kept, Profile.AUTO).wasmBytes()).isEqualTo(WASM.length);
        assertThat(open().get(OTHER)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "cut off", "one bit", "last bit", "longer", "only its mac"})
    void doesNotTrustADamagedEntry(String damage) throws IOException {
        Path entry = directory.resolve(MODULE.hex());
        Files.write(entry, damaged(Files.readAllBytes(entry), damage));

        assertThat(open().get(MODULE)).isNull();
        open().put(MODULE, compiled());
        assertThat(open().get(MODULE)).isNotNull();
    }

    @Test
    void doesNotTrustTheEntryOfAnotherModule() throws IOException {
        Files.copy(directory.resolve(MODULE.hex()), directory.resolve(OTHER.hex()));

        assertThat(open().get(OTHER)).isNull();
    }

    @Test
    void doesNotTrustCodeThatWasCheckedAgainstOtherLimits() throws IOException {
        var limits = new ModuleLimits(1 << 20, 10, 1000, 10, 10, 1 << 20);

        assertThat(new CodeCache(directory, limits).get(MODULE)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lost", "short", "open to others"})
    void trustsNothingWithoutItsOwnKey(String what) throws IOException {
        Path key = directory.resolve("key");
        byte[] before = Files.readAllBytes(key);
        switch (what) {
            case "lost" -> Files.delete(key);
            case "short" -> Files.write(key, new byte[31]);
            default ->
                    Files.setPosixFilePermissions(
                            key, PosixFilePermissions.fromString("rw-r-----"));
        }

        assertThat(open().get(MODULE)).isNull();
        assertThat(Files.readAllBytes(key)).hasSize(32).isNotEqualTo(before);
    }

    @Test
    void isClosedToOtherUsers() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        open();

        assertThat(rights(directory)).isEqualTo("rwx------");
        assertThat(rights(directory.resolve("key"))).isEqualTo("rw-------");
        assertThat(rights(directory.resolve(MODULE.hex()))).isEqualTo("rw-------");
    }

    @Test
    void keepsOnlyWhatIsNamed() throws IOException {
        open().put(OTHER, compiled());

        open().retain(Set.of(OTHER));

        assertThat(open().get(MODULE)).isNull();
        assertThat(open().get(OTHER)).isNotNull();
    }

    @Test
    void clearsDraftsOfAnInterruptedWrite() throws IOException {
        Files.write(directory.resolve(MODULE.hex() + "7.tmp"), new byte[] {1, 2, 3});

        open();

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("key", MODULE.hex());
        }
    }

    @Test
    void doesWithoutADiskThatTakesNothing() throws IOException {
        CodeCache cache = open();
        cache.retain(Set.of());
        Files.delete(directory.resolve("key"));
        Files.delete(directory);

        cache.put(MODULE, compiled());

        assertThat(cache.get(MODULE)).isNull();
    }

    private CodeCache open() throws IOException {
        return new CodeCache(directory, ModuleLimits.defaults());
    }

    private static PluginCode compiled() {
        return PluginCode.compile("m", WASM, ModuleLimits.defaults(), Profile.AUTO);
    }

    private static byte[] damaged(byte[] entry, String how) {
        byte[] bytes = entry.clone();
        return switch (how) {
            case "empty" -> new byte[0];
            case "cut off" -> Arrays.copyOf(bytes, bytes.length / 2);
            case "longer" -> Arrays.copyOf(bytes, bytes.length + 1);
            case "only its mac" -> Arrays.copyOfRange(bytes, bytes.length - 32, bytes.length);
            default -> {
                bytes[how.equals("last bit") ? bytes.length - 1 : bytes.length / 2] ^= 1;
                yield bytes;
            }
        };
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
