package dev.sluice.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TarReaderTest {
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);
    private static final String LONG = "deep/".repeat(40) + "plugin.wasm";

    @Test
    void entriesComeInOrder() throws IOException {
        var tar = reader(entry("a", '0', CONTENT), entry("d/", '5', new byte[0]), end());

        assertThat(tar.next()).isEqualTo(new TarReader.Entry("a", true, 7));
        assertThat(tar.content()).isEqualTo(CONTENT);
        assertThat(tar.next()).isEqualTo(new TarReader.Entry("d/", false, 0));
        assertThat(tar.next()).isNull();
    }

    @Test
    void contentNotAskedForIsSkipped() throws IOException {
        var tar = reader(entry("a", '0', new byte[1500]), entry("b", '0', CONTENT), end());
        tar.next();

        assertThat(tar.next()).isEqualTo(new TarReader.Entry("b", true, 7));
    }

    @Test
    void paxPathReplacesTheName() throws IOException {
        var record = "%d path=%s\n".formatted(LONG.length() + 10, LONG);
        var tar = reader(entry("pax", 'x', utf8(record)), entry("short", '0', CONTENT), end());

        assertThat(tar.next()).isEqualTo(new TarReader.Entry(LONG, true, 7));
    }

    @Test
    void gnuLongNameReplacesTheName() throws IOException {
        var tar =
                reader(
                        entry("././@LongLink", 'L', utf8(LONG + "\0")),
                        entry("short", '0', CONTENT),
                        end());

        assertThat(tar.next()).isEqualTo(new TarReader.Entry(LONG, true, 7));
    }

    @Test
    void linkIsNoFile() throws IOException {
        var tar = reader(entry("plugin.wasm", '2', new byte[0]), end());

        assertThat(tar.next()).isEqualTo(new TarReader.Entry("plugin.wasm", false, 0));
    }

    @Test
    void wrongChecksumIsRefused() {
        var header = entry("a", '0', CONTENT);
        header[0] ^= 1;

        assertThatIOException()
                .isThrownBy(() -> reader(header).next())
                .withMessage("tar header with wrong checksum");
    }

    @Test
    void contentThatEndsEarlyIsRefused() throws IOException {
        var tar = reader(Arrays.copyOf(entry("a", '0', CONTENT), 515));
        tar.next();

        assertThatExceptionOfType(EOFException.class).isThrownBy(tar::content);
    }

    private static byte[] entry(String name, char type, byte[] content) {
        var tar = TarFile.of(name, content);
        var entry = Arrays.copyOf(tar, tar.length - 1024);
        int sum = type - entry[156];
        entry[156] = (byte) type;
        int old = Integer.parseInt(new String(entry, 148, 6, StandardCharsets.US_ASCII), 8);
        var checksum = "%06o".formatted(old + sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(checksum, 0, entry, 148, 6);
        return entry;
    }

    private static byte[] end() {
        return new byte[1024];
    }

    private static TarReader reader(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return new TarReader(new ByteArrayInputStream(all.toByteArray()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
