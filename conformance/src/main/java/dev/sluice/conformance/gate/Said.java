package dev.sluice.conformance.gate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sluice.conformance.subject.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// What lines of guests mean beyond their text.
final class Said {
    private Said() {}

    /// The words of a line behind its label.
    static List<String> words(String line, String label) {
        if (!line.startsWith(label + " ")) {
            throw new AssertionError("line: %s (expected: %s …)".formatted(line, label));
        }
        return List.of(line.substring(label.length() + 1).split(" "));
    }

    /// The bytes of a result that was said with status 0 in hexadecimal.
    static ByteBuffer bytes(String line, String label) {
        List<String> words = words(line, label);
        if (!words.getFirst().equals("0")) {
            throw new AssertionError("line: %s (expected: %s 0 …)".formatted(line, label));
        }
        return hex(words.getLast());
    }

    /// Bytes, little-endian.
    static ByteBuffer hex(String digits) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(digits)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// A time in nanoseconds since the Unix epoch.
    static Instant instant(long nanos) {
        return Instant.EPOCH.plusNanos(nanos);
    }

    /// A serialised pair list, with nothing behind its end.
    static List<Field> pairs(ByteBuffer bytes) {
        int count = bytes.getInt();
        List<int[]> lengths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lengths.add(new int[] {bytes.getInt(), bytes.getInt()});
        }
        List<Field> pairs = new ArrayList<>();
        for (int[] each : lengths) {
            pairs.add(new Field(text(bytes, each[0]), text(bytes, each[1])));
        }
        if (bytes.hasRemaining()) {
            throw new AssertionError("%d bytes behind the pairs".formatted(bytes.remaining()));
        }
        return pairs;
    }

    private static String text(ByteBuffer bytes, int length) {
        byte[] text = new byte[length];
        bytes.get(text);
        if (bytes.get() != 0) {
            throw new AssertionError("no NUL behind a text of %d bytes".formatted(length));
        }
        return new String(text, ISO_8859_1);
    }
}
